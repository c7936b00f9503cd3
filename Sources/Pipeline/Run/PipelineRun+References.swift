public import ArtifactStore
public import ContentAddressing

extension PipelineRun {
  /// The results that the run computed or reused, as its record names them for `fsck`.
  public var results: [ResultReference] {
    stages.compactMap { stage in
      guard stage.state.hasResult, let key = stage.key, let run = RunID(id) else { return nil }
      return ResultReference(
        ResultRecord(
          key: key, outputs: stage.outputs, metrics: .object(stage.metrics), createdByRun: run))
    }
  }

  /// The objects that the run read and that no stage made, in the order of their digests.
  public var objects: [Content] {
    let contents = Set(files.values).union(specification.map { [$0] } ?? [])
    return contents.sorted { $0.digest < $1.digest }
  }
}
