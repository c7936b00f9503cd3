/// A default as the schema writes it; it is read by the same rules as the text of a spec.
public indirect enum SpecLiteral: Sendable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([SpecLiteral])
  case map([(key: String, value: SpecLiteral)])
}

extension SpecLiteral: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: SpecLiteral...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, SpecLiteral)...) {
    self = .map(elements.map { (key: $0.0, value: $0.1) })
  }
}

extension SpecLiteral {
  /// This literal as a node without a place.
  var node: SpecNode {
    switch self {
    case .boolean(let value): SpecNode(scalar: "\(value)", isPlain: true, at: nil)
    case .integer(let value): SpecNode(scalar: "\(value)", isPlain: true, at: nil)
    case .number(let value): SpecNode(scalar: "\(value)", isPlain: true, at: nil)
    case .string(let value): SpecNode(scalar: value, isPlain: false, at: nil)
    case .list(let elements): SpecNode(sequence: elements.map(\.node), at: nil)
    case .map(let members):
      SpecNode(
        mapping: members.map { .init(key: $0.key, keyPlace: nil, value: $0.value.node) }, at: nil)
    }
  }
}
