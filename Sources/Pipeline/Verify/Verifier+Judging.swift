internal import ArtifactStore
internal import ContentAddressing

extension Verifier {
  /// Compares the computed outputs with the records of the run and the store.
  func judge(
    _ verification: inout StageVerification, recorded: StageOutcome, computed: Computed
  ) throws {
    compare(
      &verification, .run, outputs: recorded.outputs, metrics: recorded.metrics, with: computed)
    if let key = recorded.key {
      // The record that makes the key a hit may differ from that of the run.
      switch try store.result(for: key, trust: .hash) {
      case .hit(let result): compare(&verification, result, with: computed)
      case .miss(.conflict(let results)):
        for result in results { compare(&verification, result, with: computed) }
      case .miss(let reason):
        verification.notes.append("the recorded object is no longer in the store: \(reason)")
      }
    }
    verification.state = verification.differences.isEmpty ? .proved : .differs
  }

  private func compare(
    _ verification: inout StageVerification, _ result: ResultRecord, with computed: Computed
  ) {
    compare(
      &verification, .result, outputs: result.outputs, metrics: result.metrics.object ?? [:],
      with: computed)
  }

  private func compare(
    _ verification: inout StageVerification, _ record: ResultDifference.Record,
    outputs: [String: Content], metrics: StageMetrics, with computed: Computed
  ) {
    var differences: [ResultDifference] = []
    let names = Set(outputs.keys).union(computed.outputs.keys).sorted()
      .filter { outputs[$0] != computed.outputs[$0] }
    if !names.isEmpty {
      let places = locate(
        verification.kind, names,
        { name in outputs[name].flatMap { try? store.read($0) } },
        { name in computed.outputs[name].flatMap { try? bytes(of: $0) } })
      for name in names {
        differences.append(
          ResultDifference(
            name: name, record: record, recorded: Self.text(outputs[name]),
            computed: Self.text(computed.outputs[name]), places: places[name] ?? []))
      }
    }
    for change in ValueChange.all(from: .object(metrics), to: .object(computed.metrics)) {
      differences.append(
        ResultDifference(
          name: change.path, record: record, recorded: change.recorded ?? "nothing",
          computed: change.computed ?? "nothing"))
    }
    // Equal statements of both records are reported once.
    for difference in differences
    where !verification.differences.contains(where: {
      $0.name == difference.name && $0.recorded == difference.recorded
    }) {
      verification.differences.append(difference)
    }
  }

  /// The bytes of an output as it came out now: in the scratch store, or reused from the other.
  private func bytes(of content: Content) throws -> [UInt8] {
    try (try scratch.contains(content) ? scratch : store).read(content)
  }

  private static func text(_ content: Content?) -> String {
    content.map { "\($0.digest)" } ?? "nothing"
  }
}
