/// One setting as data: its name, what it may hold, and what it does.
public struct Field: Sendable {
  /// Whether the setting is optional, and its default.
  public enum Presence: Sendable {
    /// It is required.
    case required
    /// It is optional, without a default.
    case optional
    /// It is optional, with this default.
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

  /// Whether the setting is required.
  public var isRequired: Bool { if case .required = presence { true } else { false } }

  /// The default, if any.
  public var defaultValue: SettingValue? {
    if case .defaults(let value) = presence { value } else { nil }
  }
}

/// The influence of a setting on a result.
public enum FieldRole: Hashable, Sendable {
  /// It may affect the result, so it enters the key.
  case result
  /// It does not affect the result, so it never enters the key.
  case execution
}
