public import ContentAddressing

/// A point from which a step can go on.
public struct Checkpoint: Hashable, Sendable {
  /// The key that was being computed.
  public let key: Digest

  /// How far the step had come, in a unit of the step's own; larger is later.
  public let position: Int

  /// The parts of the state, by name.
  public let parts: [String: Content]

  /// What else the step wants to know when it goes on.
  public let extra: CanonicalValue
}

extension Checkpoint {
  var body: CanonicalValue {
    [
      "extra": extra, "key": .digest(key), "parts": .object(parts.mapValues { .content($0) }),
      "position": .integer(position),
    ]
  }

  init?(body: CanonicalValue) {
    guard let key = body["key"]?.digest, let position = body["position"]?.integer,
      let named = body["parts"]?.object, let extra = body["extra"]
    else { return nil }
    let parts = named.compactMapValues { $0.content }
    guard parts.count == named.count else { return nil }
    self.init(key: key, position: position, parts: parts, extra: extra)
  }

  /// The name of the record: the position with leading zeros, so that names sort as positions do.
  static func recordName(position: Int) -> String {
    let digits = String(position)
    return String(repeating: "0", count: max(0, 16 - digits.count)) + digits + ".json"
  }
}

/// What was found when looking for a point to go on from.
public struct CheckpointList: Hashable, Sendable {
  /// The whole ones, the newest first.
  public var usable: [Checkpoint] = []

  /// The damaged ones, the newest first, with the reason why they are skipped.
  public var damaged: [Damaged] = []

  /// A checkpoint that cannot be used.
  public struct Damaged: Hashable, Sendable {
    /// The name of its record.
    public let name: String
    public let reason: String
  }
}
