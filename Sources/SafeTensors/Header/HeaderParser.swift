/// Reads the subset of JSON that a header consists of: objects, texts, and lists of natural numbers.
///
/// The grammar has no recursion, so that no input can exhaust the stack.
struct HeaderParser {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads `{"key": …, …}`; the closure reads each value.
  mutating func object(
    member: (inout HeaderParser, String) throws(SafeTensorsError) -> Void
  ) throws(SafeTensorsError) {
    var keys: Set<[UInt8]> = []
    // The very first byte of a header is the brace: no space before it.
    if place > 0 { skipSpace() }
    try expect(UInt8(ascii: "{"))
    if skip(UInt8(ascii: "}")) { return }
    while true {
      skipSpace()
      let start = place
      let key = try string()
      guard keys.insert(Array(key.utf8)).inserted else {
        throw SafeTensorsError(.duplicateKey, offset: start)
      }
      try expect(UInt8(ascii: ":"))
      try member(&self, key)
      if skip(UInt8(ascii: "}")) { return }
      try expect(UInt8(ascii: ","))
    }
  }

  /// Reads what the header says about one tensor.
  mutating func tensor(named name: String) throws(SafeTensorsError) -> Header.Tensor {
    var type: TensorElementType?
    var shape: [Int]?
    var offsets: [Int]?
    let start = place
    try object { (parser, key) throws(SafeTensorsError) in
      switch key {
      case "dtype":
        type = TensorElementType(rawValue: try parser.string())
        if type == nil { throw SafeTensorsError(.elementType, tensor: name) }
      case "shape": shape = try parser.naturals()
      case "data_offsets": offsets = try parser.naturals()
      default: throw SafeTensorsError(.key, offset: parser.place, tensor: name)
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw SafeTensorsError(.key, offset: start, tensor: name)
    }
    return Header.Tensor(
      name: name, elementType: type, shape: shape, begin: offsets[0], end: offsets[1])
  }

  /// Only spaces may follow.
  mutating func finish() throws(SafeTensorsError) {
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: " ") else { throw syntax }
      place += 1
    }
  }

  /// Reads `[0, 1, …]`.
  private mutating func naturals() throws(SafeTensorsError) -> [Int] {
    try expect(UInt8(ascii: "["))
    var numbers: [Int] = []
    if skip(UInt8(ascii: "]")) { return numbers }
    while true {
      numbers.append(try natural())
      if skip(UInt8(ascii: "]")) { return numbers }
      try expect(UInt8(ascii: ","))
    }
  }

  /// Reads digits: no sign, no leading zero, no fraction, no exponent.
  private mutating func natural() throws(SafeTensorsError) -> Int {
    skipSpace()
    let start = place
    var number = 0
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      let (shifted, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int(bytes[place] - UInt8(ascii: "0")))
      guard !overflow, !carry else { throw SafeTensorsError(.shape) }
      number = sum
      place += 1
    }
    guard place > start, place - start == 1 || bytes[start] != UInt8(ascii: "0") else {
      throw syntax
    }
    return number
  }

  // MARK: Text

  /// Reads a quoted text.
  mutating func string() throws(SafeTensorsError) -> String {
    try expect(UInt8(ascii: "\""))
    let start = place
    var content: [UInt8] = []
    while true {
      guard place < bytes.count else { throw syntax }
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw SafeTensorsError(.encoding, offset: start)
        }
        return text
      case UInt8(ascii: "\\"): content += Array(String(try escape()).utf8)
      case 0..<0x20: throw syntax
      default: content.append(byte)
      }
    }
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws(SafeTensorsError) -> Unicode.Scalar {
    guard place < bytes.count else { throw syntax }
    place += 1
    switch bytes[place - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicode()
    default: throw syntax
    }
  }

  /// Reads four hexadecimal digits, or twice four that make a surrogate pair.
  private mutating func unicode() throws(SafeTensorsError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first), place + 1 < bytes.count,
      bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u")
    else { throw syntax }
    place += 2
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw syntax }
    return scalar
  }

  private mutating func hexadecimal() throws(SafeTensorsError) -> UInt32 {
    guard bytes.count - place >= 4 else { throw syntax }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else { throw syntax }
      value = value << 4 | UInt32(digit)
      place += 1
    }
    return value
  }

  // MARK: Bytes

  private var syntax: SafeTensorsError { SafeTensorsError(.syntax, offset: place) }

  private mutating func skipSpace() {
    while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
  }

  /// Skips space and one byte if it is there; `false` if another is.
  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(SafeTensorsError) {
    if place > 0 { skipSpace() }
    guard place < bytes.count, bytes[place] == byte else { throw syntax }
    place += 1
  }
}
