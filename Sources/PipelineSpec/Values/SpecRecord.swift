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
  /// - Precondition: The schema declares it as a boolean that is required or has a default. The same
  ///   holds, with its type, for each of the following.
  public func boolean(_ name: String) -> Bool { required(name, \.boolean) }

  public func integer(_ name: String) -> Int { required(name, \.integer) }

  public func number(_ name: String) -> Double { required(name, \.number) }

  public func string(_ name: String) -> String { required(name, \.string) }

  public func list(_ name: String) -> [SpecValue] { required(name, \.list) }

  public func map(_ name: String) -> [SpecValue.Member] { required(name, \.map) }

  public func record(_ name: String) -> SpecRecord { required(name, \.record) }

  public func choice(_ name: String) -> (name: String, settings: SpecRecord) {
    required(name, \.choice)
  }

  public func reference(_ name: String) -> StageReference { required(name, \.reference) }

  public func source(_ name: String) -> InputSource { required(name, \.source) }

  private func required<Value>(_ name: String, _ read: (SpecValue) -> Value?) -> Value {
    guard let value = self[name], let typed = read(value) else {
      preconditionFailure("the schema declares no setting \(name) of this type with a value")
    }
    return typed
  }
}
