/// A step that reads a setting which its schema does not give it: a mistake of the step, not of a spec.
public struct SettingError: Error, Hashable {
  /// The setting that was asked for.
  public let name: String

  /// What it was to be read as, such as `Int`.
  public let type: String

  /// Whether the record holds a value of that name, only of another type.
  public let isPresent: Bool

  public init(_ name: String, as type: String, isPresent: Bool = true) {
    self.name = name
    self.type = type
    self.isPresent = isPresent
  }
}

extension SettingError: CustomStringConvertible {
  public var description: String {
    let reason = isPresent ? "holds something else" : "holds no value, nor has its schema a default"
    return
      "a step reads the setting `\(name)` as \(type), which \(reason): a mistake of the step, not of "
      + "the spec; please report it"
  }
}
