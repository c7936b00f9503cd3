public import ContentAddressing

/// What a step computed: the record whose existence makes a step a hit.
public struct ResultRecord: Hashable, Sendable {
  /// The digest of the step key's document.
  public let key: Digest

  /// What the step wrote, by name.
  public let outputs: [String: Content]

  /// What the step measured; part of the result, so equal on every machine.
  public let metrics: CanonicalValue

  /// What the step printed, if it was kept.
  ///
  /// Not compared: it may name times and hosts.
  public let logs: Content?

  /// The run that computed it, which is not compared.
  public let createdByRun: RunID

  /// What else the runner wants to remember, which is not compared: times, host, versions.
  public let extra: CanonicalValue

  public init(
    key: Digest, outputs: [String: Content], metrics: CanonicalValue = [:], logs: Content? = nil,
    createdByRun: RunID, extra: CanonicalValue = [:]
  ) {
    self.key = key
    self.outputs = outputs
    self.metrics = metrics
    self.logs = logs
    self.createdByRun = createdByRun
    self.extra = extra
  }

  /// The digest of what two computations of one key must agree in: key, outputs and metrics.
  ///
  /// Where the metrics have no canonical form (a NaN) the record cannot be published either; the digest
  /// is then that of the key alone.
  public var digest: Digest {
    (try? comparable.canonicalBytes()).map { Digest(of: $0) } ?? key
  }

  /// Outputs, and logs under the name `logs`, in the order of their names.
  var contents: [(name: String, content: Content)] {
    let named = outputs.map { (name: $0.key, content: $0.value) }.sorted { $0.name < $1.name }
    return named + (logs.map { [(name: "(log)", content: $0)] } ?? [])
  }

  private var comparable: CanonicalValue {
    [
      "key": .digest(key), "metrics": metrics,
      "outputs": .object(outputs.mapValues { .content($0) }),
    ]
  }
}

// MARK: Writing and reading

extension ResultRecord {
  var body: CanonicalValue {
    [
      "created_by_run": .string(createdByRun.description), "extra": extra, "key": .digest(key),
      "logs": logs.map { .content($0) } ?? .null, "metrics": metrics,
      "outputs": .object(outputs.mapValues { .content($0) }),
    ]
  }

  /// Reads a body; `nil` where a member is missing or of another type.
  init?(body: CanonicalValue) {
    guard let key = body["key"]?.digest, let named = body["outputs"]?.object,
      let metrics = body["metrics"], let extra = body["extra"], let logs = body["logs"],
      let run = body["created_by_run"]?.string.flatMap({ RunID($0) })
    else { return nil }
    let outputs = named.compactMapValues { $0.content }
    guard outputs.count == named.count, logs == .null || logs.content != nil else { return nil }
    self.init(
      key: key, outputs: outputs, metrics: metrics, logs: logs.content, createdByRun: run,
      extra: extra)
  }
}
