/// The settings of a record in the order of its schema: defaults included, absent optionals left out.
public struct SpecRecord: Sendable {
  /// One setting.
  public struct Entry: Sendable {
    public let name: String
    public let value: SpecValue
    public let role: FieldRole

    public init(name: String, value: SpecValue, role: FieldRole) {
      self.name = name
      self.value = value
      self.role = role
    }
  }

  public let entries: [Entry]

  public init(_ entries: [Entry]) { self.entries = entries }

  /// The value of a setting, or `nil` where an optional one was left out.
  public subscript(name: String) -> SpecValue? { entries.first { $0.name == name }?.value }
}

// MARK: Typed reading

extension SpecRecord {
  /// The truth value of a setting.
  ///
  /// - Throws: ``SettingError`` unless the schema declares it as a boolean that is required or has a
  ///   default. The same holds, with its type, for each of the following.
  public func boolean(_ name: String) throws(SettingError) -> Bool { try required(name, \.boolean) }

  public func integer(_ name: String) throws(SettingError) -> Int { try required(name, \.integer) }

  public func number(_ name: String) throws(SettingError) -> Double { try required(name, \.number) }

  public func string(_ name: String) throws(SettingError) -> String { try required(name, \.string) }

  public func list(_ name: String) throws(SettingError) -> [SpecValue] {
    try required(name, \.list)
  }

  public func map(_ name: String) throws(SettingError) -> [SpecValue.Member] {
    try required(name, \.map)
  }

  public func record(_ name: String) throws(SettingError) -> SpecRecord {
    try required(name, \.record)
  }

  public func choice(
    _ name: String
  ) throws(SettingError) -> (name: String, settings: SpecRecord) {
    try required(name, \.choice)
  }

  public func reference(_ name: String) throws(SettingError) -> StageReference {
    try required(name, \.reference)
  }

  public func source(_ name: String) throws(SettingError) -> InputSource {
    try required(name, \.source)
  }

  private func required<Value>(
    _ name: String, _ read: (SpecValue) -> Value?
  ) throws(SettingError) -> Value {
    let value = self[name]
    guard let typed = value.flatMap(read) else {
      throw SettingError(name, as: "\(Value.self)", isPresent: value != nil)
    }
    return typed
  }
}
