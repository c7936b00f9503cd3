/// The value of a setting, independent of file formats: specs, stored keys and the metadata of models are
/// read into, and what a default is.
public indirect enum SettingValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([SettingValue])
  /// Names with values: the settings of a record, the entries of a map, or `{adam: {learning_rate: 0.1}}`, a
  /// kind with its settings.
  case map([Member])
  /// An output of another stage, or a file.
  case input(Input)

  /// A name with its value.
  public struct Member: Hashable, Sendable {
    public let name: String
    public let value: SettingValue

    public init(_ name: String, _ value: SettingValue) {
      self.name = name
      self.value = value
    }
  }
}

/// Something that a step reads: an output of another stage, or a file.
public struct Input: Hashable, Sendable {
  /// The path of the setting that names it, by which the step requests it: `train.images`.
  public let path: String

  /// The output or the file as it was written: `prepare/dataset.h5`.
  public let source: String

  public init(path: String = "", source: String = "") {
    self.path = path
    self.source = source
  }
}

extension SettingValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(arrayLiteral elements: SettingValue...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, SettingValue)...) {
    self = .map(elements.map { Member($0.0, $0.1) })
  }
}

extension SettingValue {
  /// The value as a user writes it on one line of YAML.
  public var text: String {
    switch self {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): Self.text(of: value)
    case .text(let value): value
    case .list(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
    case .map(let members):
      "{\(members.map { "\($0.name): \($0.value.text)" }.joined(separator: ", "))}"
    case .input(let input): input.source
    }
  }

  /// The shortest text that reads back as the same number, without a needless `.0`.
  public static func text(of number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The members of a map; `nil` for other values.
  var members: [Member]? { if case .map(let members) = self { members } else { nil } }

  subscript(name: String) -> SettingValue? { members?.first { $0.name == name }?.value }
}
