extension CanonicalValue {
  /// The deepest nesting that is written or read: far above any record, far below the stack.
  public static let largestDepth = 64

  /// The one written form of this value, UTF-8.
  ///
  /// - Throws: ``CanonicalError`` for a NaN, an integer out of range, a key outside printable ASCII, a
  ///   string that begins with `f64:`, or too deep a nesting.
  /// - Complexity: O(*n* log *n*) in the size of the value.
  public func canonicalBytes() throws(CanonicalError) -> [UInt8] {
    var bytes: [UInt8] = []
    try write(into: &bytes, depth: 0)
    return bytes
  }

  private func write(into bytes: inout [UInt8], depth: Int) throws(CanonicalError) {
    guard depth <= Self.largestDepth else { throw CanonicalError(.tooDeep, "level \(depth)") }
    switch self {
    case .null: bytes += "null".utf8
    case .boolean(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value):
      guard (-Self.largestInteger...Self.largestInteger).contains(value) else {
        throw CanonicalError(.integerOutOfRange, "\(value)")
      }
      bytes += "\(value)".utf8
    case .double(let value):
      guard !value.isNaN else { throw CanonicalError(.notANumber, "NaN") }
      bytes += "\"f64:\(Self.hex(value.bitPattern))\"".utf8
    case .string(let value):
      guard !value.hasPrefix("f64:") else { throw CanonicalError(.reservedString, value) }
      Self.write(value, into: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try element.write(into: &bytes, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      // ASCII keys: comparing Unicode scalars is comparing bytes.
      for (index, key) in members.keys.sorted().enumerated() {
        guard key.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else {
          throw CanonicalError(.keyNotASCII, key)
        }
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(key, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        try (members[key] ?? .null).write(into: &bytes, depth: depth + 1)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// The escapes of RFC 8785: the two-character forms where JSON has them, `\u00xx` for other controls.
  private static func write(_ string: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0a: bytes += "\\n".utf8
      case 0x0c: bytes += "\\f".utf8
      case 0x0d: bytes += "\\r".utf8
      case 0..<0x20: bytes += "\\u\(hex(UInt16(byte)))".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// All hexadecimal digits of `value`, leading zeros kept.
  static func hex(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: value.bitWidth / 4 - digits.count) + digits
  }
}
