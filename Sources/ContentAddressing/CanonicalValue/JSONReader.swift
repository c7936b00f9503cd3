/// Reads ordinary JSON: the events of a run, and tables that a stage wrote.
///
/// Canonical JSON has its own, stricter reader; here doubles are decimal numbers. Of members with one key
/// the last one counts.
package struct JSONReader {
  /// A text that is not JSON.
  package struct Malformed: Error {
    package init() {}
  }

  private static let largestDepth = 64

  private let bytes: [UInt8]
  private var position = 0

  /// The value that a text holds.
  ///
  /// - Throws: ``Malformed`` for anything but one JSON value.
  package static func value(of bytes: [UInt8]) throws(Malformed) -> CanonicalValue {
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.next == nil else { throw Malformed() }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(Malformed) -> CanonicalValue {
    guard depth < Self.largestDepth else { throw Malformed() }
    if take("{") { return .object(try object(depth: depth)) }
    if take("[") { return .array(try array(depth: depth)) }
    if next == UInt8(ascii: "\"") { return .string(try string()) }
    var word: [UInt8] = []
    while let byte = next, !Array(" \t\r\n,]}".utf8).contains(byte) {
      word.append(byte)
      position += 1
    }
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default:
      guard word.allSatisfy(Self.isPartOfNumber), word.first != UInt8(ascii: "+") else {
        throw Malformed()
      }
      if let integer = Int(text) { return .integer(integer) }
      guard let double = Double(text), double.isFinite else { throw Malformed() }
      return .double(double)
    }
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "+-.eE".utf8.contains(byte)
    }
  }

  private mutating func object(depth: Int) throws(Malformed) -> [String: CanonicalValue] {
    var members: [String: CanonicalValue] = [:]
    if take("}") { return members }
    repeat {
      skipSpace()
      let key = try string()
      guard take(":") else { throw Malformed() }
      members[key] = try value(depth: depth + 1)
    } while take(",")
    guard take("}") else { throw Malformed() }
    return members
  }

  private mutating func array(depth: Int) throws(Malformed) -> [CanonicalValue] {
    var elements: [CanonicalValue] = []
    if take("]") { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw Malformed() }
    return elements
  }

  private mutating func string() throws(Malformed) -> String {
    guard take("\"") else { throw Malformed() }
    var units: [UInt16] = []
    var start = position
    func text(to end: Int) -> [UInt16] {
      Array(String(decoding: bytes[start..<end], as: UTF8.self).utf16)
    }
    while let byte = next {
      if byte == UInt8(ascii: "\"") {
        units += text(to: position)
        position += 1
        return String(decoding: units, as: UTF16.self)
      }
      guard byte == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      units += text(to: position)
      position += 1
      units.append(try escaped())
      start = position
    }
    throw Malformed()
  }

  /// The code unit behind a backslash.
  private mutating func escaped() throws(Malformed) -> UInt16 {
    guard let byte = next else { throw Malformed() }
    position += 1
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/": return UInt16(byte)
    case "b": return 8
    case "f": return 12
    case "n": return 10
    case "r": return 13
    case "t": return 9
    case "u":
      guard position + 4 <= bytes.count,
        let unit = UInt16(
          String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
      else { throw Malformed() }
      position += 4
      return unit
    default: throw Malformed()
    }
  }
}
