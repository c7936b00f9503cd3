public import Settings

/// The settings of a record in the order of its schema: defaults included, absent optionals left out.
public struct SpecRecord: Sendable {
  /// One setting.
  public struct Entry: Sendable {
    public let name: String
    public let value: SpecValue
    public let role: FieldRole
    /// Whether this is what holds where nothing is written.
    public let isDefault: Bool

    public init(name: String, value: SpecValue, role: FieldRole, isDefault: Bool = false) {
      self.name = name
      self.value = value
      self.role = role
      self.isDefault = isDefault
    }
  }

  public let entries: [Entry]

  public init(_ entries: [Entry]) { self.entries = entries }

  /// The value of a setting, or `nil` if an optional one was left out.
  public subscript(name: String) -> SpecValue? { entries.first { $0.name == name }?.value }
}
