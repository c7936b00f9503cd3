public import ArtifactStore
internal import ContentAddressing

/// The notes and tags of the runs of a store.
///
/// Neither is part of a run's record: they come later, and may be changed.
public struct RunRemarks: Sendable {
  private let store: ArtifactStore
  private let tagsByRun: [RunID: [String]]

  /// Reads the tags of a store once; notes are read on demand.
  public init(store: ArtifactStore) {
    self.store = store
    tagsByRun = Dictionary(
      grouping: (try? store.tags()) ?? [], by: \.run
    ).mapValues { $0.map(\.name) }
  }

  /// The note of a run; `nil` if it cannot be read, which `fsck` reports.
  public func note(of run: String) -> String? {
    RunID(run).flatMap { try? store.note(of: $0) }
  }

  /// The names of a run, in their order.
  public func tags(of run: String) -> [String] {
    RunID(run).flatMap { tagsByRun[$0] } ?? []
  }
}
