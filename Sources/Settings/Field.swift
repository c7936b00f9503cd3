/// One setting as data: its name, what it may hold, and what it does.
public struct Field: Sendable {
  /// Whether the setting may be left out, and what holds then.
  public enum Presence: Sendable {
    /// Leaving it out is a mistake.
    case required
    /// Left out, it has no value.
    case optional
    /// Left out, it has this value.
    case defaults(to: SettingValue)
  }

  /// The name as a user writes it.
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

  /// Whether leaving the setting out is a mistake.
  public var isRequired: Bool { if case .required = presence { true } else { false } }

  /// What holds where the setting is left out, if anything does.
  public var defaultValue: SettingValue? {
    if case .defaults(let value) = presence { value } else { nil }
  }
}

/// What a setting can do to a result.
public enum FieldRole: Hashable, Sendable {
  /// It may change bits of the result, so it enters the key.
  case result
  /// It can change no bit of the result, so it never enters the key.
  case execution
}
