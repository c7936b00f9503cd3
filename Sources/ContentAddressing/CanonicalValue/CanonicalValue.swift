/// A value with exactly one written form: what is hashed into keys and stored in records.
///
/// The form is a subset of JSON (RFC 8785 without its numbers): ASCII keys sorted bytewise, no
/// whitespace, integers within ±(2^53−1), doubles as the string `"f64:<16 hex digits>"` of their bits.
/// Equal values have equal bytes on every machine, and different bytes are different values.
public indirect enum CanonicalValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case array([CanonicalValue])
  case object([String: CanonicalValue])

  /// The largest magnitude an integer may have: all such integers are exact as doubles too.
  public static let largestInteger = (1 << 53) - 1
}

// MARK: Reading members

extension CanonicalValue {
  /// The member named `key`, or `nil` where this is no object or has none.
  public subscript(key: String) -> CanonicalValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  public var string: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  public var integer: Int? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  public var double: Double? {
    guard case .double(let value) = self else { return nil }
    return value
  }

  public var boolean: Bool? {
    guard case .boolean(let value) = self else { return nil }
    return value
  }

  public var array: [CanonicalValue]? {
    guard case .array(let value) = self else { return nil }
    return value
  }

  public var object: [String: CanonicalValue]? {
    guard case .object(let value) = self else { return nil }
    return value
  }

  /// The digest that this string writes, or `nil` where it writes none.
  public var digest: Digest? { string.flatMap { Digest($0) } }
}

extension CanonicalValue {
  /// The canonical form of a digest: its written form.
  public static func digest(_ digest: Digest) -> CanonicalValue { .string(digest.description) }

  /// The canonical form of a content: `{"bytes":…,"sha256":"sha256:…"}`.
  public static func content(_ content: Content) -> CanonicalValue {
    .object(["bytes": .integer(content.byteCount), "sha256": .digest(content.digest)])
  }

  /// The content that this object writes, or `nil` where it writes none.
  public var content: Content? {
    guard let digest = self["sha256"]?.digest, let count = self["bytes"]?.integer, count >= 0
    else { return nil }
    return Content(digest: digest, byteCount: count)
  }
}

extension CanonicalValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(arrayLiteral elements: CanonicalValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, CanonicalValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}
