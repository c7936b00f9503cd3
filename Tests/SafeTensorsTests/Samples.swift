import Testing
import SafeTensors

/// A file of header text and body, as a writer of one's own would make it.
func file(_ header: String, _ body: [UInt8] = [], declaring count: UInt64? = nil) -> [UInt8] {
  let text = Array(header.utf8)
  let size = count ?? UInt64(text.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + text + body
}

/// A file that must be refused, and with which code.
struct MalformedFile: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let code: SafeTensorsError.Code

  var testDescription: String { name }

  init(_ name: String, _ bytes: [UInt8], _ code: SafeTensorsError.Code) {
    self.name = name
    self.bytes = bytes
    self.code = code
  }

  /// A header with one tensor of eight bytes, with one field replaced.
  static func tensor(
    dtype: String = "\"F32\"", shape: String = "[2]", offsets: String = "[0,8]", more: String = ""
  ) -> [UInt8] {
    file(
      "{\"a\":{\"dtype\":\(dtype),\"shape\":\(shape),\"data_offsets\":\(offsets)\(more)}}",
      [UInt8](repeating: 0, count: 8))
  }

  static func two(_ first: String, _ second: String, body: Int) -> [UInt8] {
    file(
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":\(first)},"
        + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":\(second)}}",
      [UInt8](repeating: 0, count: body))
  }

  static let sizes: [MalformedFile] = [
    MalformedFile("empty", [], .headerSize(0)),
    MalformedFile("one byte", [2], .headerSize(0)),
    MalformedFile("seven bytes", [2, 0, 0, 0, 0, 0, 0], .headerSize(0)),
    MalformedFile("no header", [2, 0, 0, 0, 0, 0, 0, 0], .headerSize(2)),
    MalformedFile("half a header", [2, 0, 0, 0, 0, 0, 0, 0, 123], .headerSize(2)),
    MalformedFile("a header of no bytes", file(""), .syntax),
    MalformedFile("a header one byte too long", file("{}", declaring: 3), .headerSize(3)),
    MalformedFile("a header one byte too short", file("{}", declaring: 1), .syntax),
    MalformedFile(
      "a header of 100 MB and one byte", file("{}", declaring: 100_000_001),
      .headerTooLarge(100_000_001)),
    MalformedFile(
      "a header of 2^63 bytes", file("{}", declaring: 1 << 63), .headerTooLarge(1 << 63)),
    MalformedFile("a header of 2^64 - 1 bytes", file("{}", declaring: .max), .headerTooLarge(.max)),
    MalformedFile(
      "a header of 100 MB in a small file", file("{}", declaring: 100_000_000),
      .headerSize(100_000_000)),
    MalformedFile("bytes after an empty header", file("{}", [0]), .trailingBytes),
  ]

  static let syntax: [MalformedFile] = [
    MalformedFile("a list", file("[]"), .syntax),
    MalformedFile("a number", file("12"), .syntax),
    MalformedFile("null", file("null"), .syntax),
    MalformedFile("a space before the brace", file(" {}"), .syntax),
    MalformedFile("a byte order mark", file("\u{FEFF}{}"), .syntax),
    MalformedFile("only a brace", file("{"), .syntax),
    MalformedFile("a second object", file("{}{}"), .syntax),
    MalformedFile("text after the object", file("{} x"), .syntax),
    MalformedFile("a newline after the object", file("{}\n"), .syntax),
    MalformedFile("a zero byte after the object", file("{}\0"), .syntax),
    MalformedFile("a comma before nothing", file("{,}"), .syntax),
    MalformedFile("a key without value", file("{\"a\"}"), .syntax),
    MalformedFile("a key without quotes", file("{a:{}}"), .syntax),
    MalformedFile("an unfinished key", file("{\"a"), .syntax),
    MalformedFile("an unfinished escape", file("{\"a\\"), .syntax),
    MalformedFile("an unknown escape", file("{\"\\x41\":{}}"), .syntax),
    MalformedFile("a bad hexadecimal digit", file("{\"\\u00g1\":{}}"), .syntax),
    MalformedFile("a lone surrogate", file("{\"\\ud800\":{}}"), .syntax),
    MalformedFile("two high surrogates", file("{\"\\ud800\\ud800\":{}}"), .syntax),
    MalformedFile("a control character", file("{\"a\nb\":{}}"), .syntax),
    MalformedFile("a comment", file("{/* */}"), .syntax),
    MalformedFile("a comma after the last member", tensor(more: ","), .syntax),
    MalformedFile(
      "nested a million deep", file(String(repeating: "{\"a\":", count: 1_000_000)), .key),
    MalformedFile(
      "a million brackets", tensor(shape: String(repeating: "[", count: 1_000_000)), .syntax),
    MalformedFile("a tensor that is a text", file("{\"a\":\"b\"}"), .syntax),
    MalformedFile("a tensor that is null", file("{\"a\":null}"), .syntax),
  ]

  static let meanings: [MalformedFile] = [
    MalformedFile(
      "the same tensor twice",
      file(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"
      ), .duplicateKey),
    MalformedFile(
      "the same tensor twice, once escaped",
      file(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"\\u0061\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"
      ), .duplicateKey),
    MalformedFile(
      "metadata twice", file("{\"__metadata__\":{},\"__metadata__\":{}}"), .duplicateKey),
    MalformedFile(
      "a key of the metadata twice", file("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}"),
      .duplicateKey),
    MalformedFile("a shape twice", tensor(more: ",\"shape\":[2]"), .duplicateKey),
    MalformedFile("a number in the metadata", file("{\"__metadata__\":{\"k\":1}}"), .syntax),
    MalformedFile("null in the metadata", file("{\"__metadata__\":{\"k\":null}}"), .syntax),
    MalformedFile("an object in the metadata", file("{\"__metadata__\":{\"k\":{}}}"), .syntax),
    MalformedFile("metadata that is a list", file("{\"__metadata__\":[]}"), .syntax),
    MalformedFile("an unknown key", tensor(more: ",\"stride\":[1]"), .key),
    MalformedFile("no type", file("{\"a\":{\"shape\":[0],\"data_offsets\":[0,0]}}"), .key),
    MalformedFile("no shape", file("{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,0]}}"), .key),
    MalformedFile("no offsets", file("{\"a\":{\"dtype\":\"U8\",\"shape\":[0]}}"), .key),
    MalformedFile("no fields", file("{\"a\":{}}"), .key),
    MalformedFile("an unknown type", tensor(dtype: "\"F31\""), .elementType),
    MalformedFile("a type in lower case", tensor(dtype: "\"f32\""), .elementType),
    MalformedFile("no name of a type", tensor(dtype: "\"\""), .elementType),
    MalformedFile("a type that is a number", tensor(dtype: "32"), .syntax),
    MalformedFile("a negative dimension", tensor(shape: "[-2]"), .syntax),
    MalformedFile("a fraction of a dimension", tensor(shape: "[2.0]"), .syntax),
    MalformedFile("an exponent", tensor(shape: "[2e0]"), .syntax),
    MalformedFile("a leading zero", tensor(shape: "[02]"), .syntax),
    MalformedFile("a dimension in quotes", tensor(shape: "[\"2\"]"), .syntax),
    MalformedFile("a comma after the last dimension", tensor(shape: "[2,]"), .syntax),
    MalformedFile("a dimension of 2^63", tensor(shape: "[9223372036854775808]"), .shape),
    MalformedFile(
      "a dimension of 10^30", tensor(shape: "[1000000000000000000000000000000]"), .shape),
    MalformedFile("dimensions that overflow", tensor(shape: "[4294967296,4294967296]"), .shape),
    MalformedFile(
      "dimensions that overflow to eight bytes", tensor(shape: "[2305843009213693952,8,2]"), .shape),
    MalformedFile("one offset", tensor(offsets: "[8]"), .key),
    MalformedFile("three offsets", tensor(offsets: "[0,8,8]"), .key),
    MalformedFile("no offset", tensor(offsets: "[]"), .key),
    MalformedFile("offsets the wrong way round", tensor(offsets: "[8,0]"), .offsets),
    MalformedFile("an end beyond the file", tensor(shape: "[3]", offsets: "[0,12]"), .offsets),
    MalformedFile(
      "an end far beyond the file", tensor(shape: "[3]", offsets: "[0,9223372036854775807]"),
      .offsets),
    MalformedFile("a beginning beyond the file", tensor(shape: "[0]", offsets: "[9,9]"), .offsets),
    MalformedFile(
      "a hole before the first tensor", tensor(shape: "[1]", offsets: "[4,8]"), .offsets),
    MalformedFile("too few bytes for the shape", tensor(shape: "[3]"), .offsets),
    MalformedFile("too many bytes for the shape", tensor(shape: "[1]"), .offsets),
    MalformedFile(
      "bytes after the last tensor", tensor(shape: "[1]", offsets: "[0,4]"), .trailingBytes),
    MalformedFile("bytes for a shape with a zero", tensor(shape: "[2,0]"), .offsets),
    MalformedFile("a hole between tensors", two("[0,4]", "[5,9]", body: 9), .offsets),
    MalformedFile("tensors that overlap", two("[0,4]", "[3,7]", body: 7), .offsets),
    MalformedFile("two tensors in one place", two("[0,4]", "[0,4]", body: 4), .offsets),
    MalformedFile("the second cut short", two("[0,4]", "[4,8]", body: 7), .offsets),
    MalformedFile("one byte after the second", two("[0,4]", "[4,8]", body: 9), .trailingBytes),
    MalformedFile(
      "a key that is no UTF-8",
      { () -> [UInt8] in
        var bytes = file("{\"?\":{}}")
        bytes[10] = 0xFF
        return bytes
      }(), .encoding),
    MalformedFile(
      "half a character",
      { () -> [UInt8] in
        var bytes = file("{\"?\":{}}")
        bytes[10] = 0xC3
        return bytes
      }(), .encoding),
  ]
}
