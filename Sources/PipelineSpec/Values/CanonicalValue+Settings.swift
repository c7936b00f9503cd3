public import ContentAddressing
public import Settings

extension CanonicalValue {
  /// A value in the form that is hashed and stored; an input is `{"input":PATH}`.
  public init(_ value: SettingValue) {
    self =
      switch value {
      case .boolean(let value): .boolean(value)
      case .integer(let value): .integer(value)
      case .number(let value): .double(value)
      case .text(let value): .string(value)
      case .list(let elements): .array(elements.map { CanonicalValue($0) })
      case .map(let members):
        .object(
          Dictionary(
            members.map { ($0.name, CanonicalValue($0.value)) }, uniquingKeysWith: { $1 }))
      case .input(let input): .object(["input": .string(input.path)])
      }
  }
}

extension SettingValue {
  /// The text of a stored value, its members in order of their names; null is an empty text.
  public init(_ value: CanonicalValue) {
    self =
      switch value {
      case .null: .text("")
      case .boolean(let value): .boolean(value)
      case .integer(let value): .integer(value)
      case .double(let value): .number(value)
      case .string(let value): .text(value)
      case .array(let elements): .list(elements.map { SettingValue($0) })
      case .object(let members):
        .map(
          members.sorted { $0.key < $1.key }.map { Member($0.key, SettingValue($0.value)) })
      }
  }
}
