/// Any JSON value.
///
/// The decoder of Foundation refuses what is nested more than 512 deep.
public enum JSONValue: Decodable, Sendable, Hashable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// A scalar as it is written; nothing for what is not one.
  public var text: String? {
    switch self {
    case .null: ""
    case .boolean(let value): "\(value)"
    case .number(let value): Datum.text(of: value)
    case .string(let value): value
    case .array, .object: nil
    }
  }

  /// The elements of a list.
  public var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The members of an object.
  public var members: [String: JSONValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// As a value of a table; what is no scalar and no list of them is null.
  var datum: Datum {
    switch self {
    case .null, .object: .null
    case .boolean(let value): .boolean(value)
    case .number(let value): .number(value)
    case .string(let value): .text(value)
    case .array(let elements): .list(elements.map(\.datum))
    }
  }
}
