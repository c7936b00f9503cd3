public import Settings

extension SpecRecord {
  /// The settings without their places, defaults filled in, as a ``Described`` type reads them.
  public var value: SettingValue {
    .map(entries.map { SettingValue.Member($0.name, $0.value.setting) })
  }
}

extension SpecValue {
  fileprivate var setting: SettingValue {
    switch payload {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .text(value)
    case .list(let elements): .list(elements.map(\.setting))
    case .map(let members): .map(members.map { SettingValue.Member($0.key, $0.value.setting) })
    case .record(let record): record.value
    case .choice(let name, let record): .map([SettingValue.Member(name, record.value)])
    case .reference, .path: .input(Input(source: text))
    }
  }
}

extension SpecNode {
  /// A value without a place.
  init(_ value: SettingValue) {
    switch value {
    case .boolean, .integer, .number: self.init(scalar: value.text, isPlain: true, at: nil)
    case .text, .input: self.init(scalar: value.text, isPlain: false, at: nil)
    case .list(let elements): self.init(sequence: elements.map { SpecNode($0) }, at: nil)
    case .map(let members):
      self.init(
        mapping: members.map { .init(key: $0.name, keyPlace: nil, value: SpecNode($0.value)) },
        at: nil)
    }
  }
}
