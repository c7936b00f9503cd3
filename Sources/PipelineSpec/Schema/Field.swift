/// One setting of a record: its name, what it may hold and what it does.
public struct Field: Sendable {
  /// Whether the setting may be left out, and what holds then.
  public enum Presence: Sendable {
    /// Leaving it out is a mistake.
    case required
    /// Left out, it is absent from the record.
    case optional
    /// Left out, it has this value.
    case defaults(to: SpecLiteral)
  }

  /// The name as it is written in the spec.
  public let name: String

  /// What the value may be.
  public let type: FieldType

  /// Whether the value enters the key.
  public let role: FieldRole

  public let presence: Presence

  /// One sentence for the reference.
  public let summary: String

  public init(
    _ name: String, _ type: FieldType, role: FieldRole = .result, _ presence: Presence = .required,
    summary: String
  ) {
    self.name = name
    self.type = type
    self.role = role
    self.presence = presence
    self.summary = summary
  }
}
