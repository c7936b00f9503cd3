extension CanonicalValue {
  /// Reads a value from its written form, and nothing but that form.
  ///
  /// The text is parsed and written again; a text whose rewriting differs in any byte is refused, so
  /// that one value never has two names.
  ///
  /// - Throws: ``CanonicalError`` with the code `notCanonical` and the byte offset, or `tooDeep`.
  /// - Complexity: O(*n* log *n*).
  public init(canonicalBytes bytes: [UInt8]) throws(CanonicalError) {
    var reader = CanonicalReader(bytes: bytes)
    let value = try reader.value(depth: 0)
    guard reader.position == bytes.count else { throw reader.failure() }
    let rewritten = try value.canonicalBytes()
    guard rewritten == bytes else {
      let offset = zip(rewritten, bytes).prefix { $0 == $1 }.count
      throw CanonicalError(.notCanonical, "\(offset)")
    }
    self = value
  }
}

/// A recursive-descent reader of the JSON grammar; ``CanonicalValue`` refuses what is not canonical.
private struct CanonicalReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  func failure() -> CanonicalError { CanonicalError(.notCanonical, "\(position)") }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ text: StaticString) throws(CanonicalError) {
    for scalar in "\(text)".unicodeScalars {
      guard take(scalar) else { throw failure() }
    }
  }

  mutating func value(depth: Int) throws(CanonicalError) -> CanonicalValue {
    guard depth <= CanonicalValue.largestDepth else {
      throw CanonicalError(.tooDeep, "level \(depth)")
    }
    switch next {
    case UInt8(ascii: "n"):
      try expect("null")
      return .null
    case UInt8(ascii: "t"):
      try expect("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try expect("false")
      return .boolean(false)
    case UInt8(ascii: "\""):
      let text = try string()
      guard text.hasPrefix("f64:") else { return .string(text) }
      guard let bits = UInt64(text.dropFirst(4), radix: 16) else { throw failure() }
      return .double(Double(bitPattern: bits))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    default: return .integer(try integer())
    }
  }

  private mutating func integer() throws(CanonicalError) -> Int {
    let start = position
    _ = take("-")
    while let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      position += 1
    }
    guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw failure()
    }
    return value
  }

  private mutating func array(depth: Int) throws(CanonicalError) -> [CanonicalValue] {
    try expect("[")
    var elements: [CanonicalValue] = []
    if take("]") { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    try expect("]")
    return elements
  }

  private mutating func object(depth: Int) throws(CanonicalError) -> [String: CanonicalValue] {
    try expect("{")
    var members: [String: CanonicalValue] = [:]
    if take("}") { return members }
    repeat {
      let key = try string()
      try expect(":")
      guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
        throw failure()
      }
    } while take(",")
    try expect("}")
    return members
  }

  private mutating func string() throws(CanonicalError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      position += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      text.append(try escape())
    }
    try expect("\"")
    guard let string = String(validating: text, as: UTF8.self) else { throw failure() }
    return string
  }

  /// One escape after its backslash; a control character is the only `\u` form that is canonical.
  private mutating func escape() throws(CanonicalError) -> UInt8 {
    guard let kind = next else { throw failure() }
    position += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return kind
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "u"):
      let end = position + 4
      guard end <= bytes.count,
        let code = UInt8(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16),
        code < 0x20
      else { throw failure() }
      position = end
      return code
    default: throw failure()
    }
  }
}
