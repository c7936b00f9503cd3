import Compression
import Testing

/// A stream that must be refused, and with which code.
struct MalformedGzip: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let codes: [CompressionError.Code]

  init(_ name: String, _ bytes: [UInt8], _ codes: CompressionError.Code...) {
    self.name = name
    self.bytes = bytes
    self.codes = codes
  }

  var testDescription: String { name }

  static let payload = pattern(900) + noise(90)
  static let whole = (try? deflate(payload)) ?? []
  static let plainHeader: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

  /// The whole stream with one byte replaced; negative places count from the end.
  static func replacing(_ place: Int, with byte: UInt8) -> [UInt8] {
    var bytes = whole
    let index = place < 0 ? bytes.count + place : place
    precondition(bytes[index] != byte)
    bytes[index] = byte
    return bytes
  }

  /// A header and a deflate stream without trailer.
  static func body(_ bits: [UInt8]) -> [UInt8] { plainHeader + bits }

  static let all: [MalformedGzip] =
    cuts + [
      // Headers
      MalformedGzip("empty", [], .badHeader),
      MalformedGzip("the first magic byte wrong", replacing(0, with: 0x1E), .badHeader),
      MalformedGzip("the second magic byte wrong", replacing(1, with: 0x8C), .badHeader),
      MalformedGzip("method 7", replacing(2, with: 7), .badHeader),
      MalformedGzip("method 0", replacing(2, with: 0), .badHeader),
      MalformedGzip("a reserved flag", replacing(3, with: 0x20), .badHeader, .corrupt),
      MalformedGzip("all reserved flags", replacing(3, with: 0xE0), .badHeader, .corrupt),
      MalformedGzip(
        "a wrong header checksum", [0x1F, 0x8B, 8, 2, 0, 0, 0, 0, 0, 255, 0, 0] + whole[10...],
        .corrupt),
      MalformedGzip(
        "a name without an end",
        [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 255] + [UInt8](repeating: 65, count: 99),
        .truncated),
      MalformedGzip(
        "a comment without an end",
        [0x1F, 0x8B, 8, 16, 0, 0, 0, 0, 0, 255] + [UInt8](repeating: 65, count: 99), .truncated),
      MalformedGzip(
        "an extra field longer than the file", [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255, 255, 255, 1],
        .truncated),
      MalformedGzip("a zlib stream", (try? deflate(payload, encoding: .zlib)) ?? [], .badHeader),
      MalformedGzip("a zip archive", Array("PK".utf8) + [3, 4] + noise(60), .badHeader),
      MalformedGzip("an HTML page", Array("<!DOCTYPE html><html></html>".utf8), .badHeader),
      MalformedGzip("bzip2", Array("BZh91AY&SY".utf8) + noise(60), .badHeader),
      MalformedGzip("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0] + noise(60), .badHeader),
      MalformedGzip("zeros", [UInt8](repeating: 0, count: 100), .badHeader),
      // Blocks
      MalformedGzip("a block of type 3", body([0x07]), .corrupt),
      MalformedGzip("a stored block whose lengths disagree", body([1, 5, 0, 0, 0]), .corrupt),
      MalformedGzip("a stored block cut short", body([1, 5, 0, 0xFA, 0xFF, 1, 2]), .truncated),
      MalformedGzip("too many length codes", body([0xFD, 0xFF, 0xFF, 0xFF]), .corrupt),
      MalformedGzip(
        "a distance before the beginning", body([0x73, 0x04, 0x11, 0x00, 0x00]), .corrupt,
        .truncated),
      MalformedGzip("a fixed block without an end", body([0x03]), .truncated),
      MalformedGzip("noise after the header", body(noise(500, seed: 3)), .corrupt),
      MalformedGzip("more noise after the header", body(noise(500, seed: 4)), .corrupt),
      MalformedGzip("still more noise after the header", body(noise(500, seed: 9)), .corrupt),
      // Trailers
      MalformedGzip(
        "the checksum's first byte wrong", replacing(-8, with: whole[whole.count - 8] ^ 1), .corrupt
      ),
      MalformedGzip(
        "the checksum's last byte wrong", replacing(-5, with: whole[whole.count - 5] ^ 128),
        .corrupt),
      MalformedGzip(
        "the length's first byte wrong", replacing(-4, with: whole[whole.count - 4] ^ 1), .corrupt),
      MalformedGzip(
        "the length's last byte wrong", replacing(-1, with: whole[whole.count - 1] ^ 1), .corrupt),
      MalformedGzip(
        "the payload of another stream",
        Array(whole[..<(whole.count - 8)]) + [UInt8](repeating: 0, count: 8), .corrupt),
      // What follows
      MalformedGzip("a newline after the end", whole + [10], .trailingBytes),
      MalformedGzip(
        "zeros after the end", whole + [UInt8](repeating: 0, count: 512), .trailingBytes),
      MalformedGzip("a page after the end", whole + Array("</html>".utf8), .trailingBytes),
      MalformedGzip("a second member", whole + whole, .additionalMember),
      MalformedGzip(
        "an empty second member", whole + ((try? deflate([])) ?? []), .additionalMember),
      MalformedGzip("the first byte of a second member", whole + [0x1F], .additionalMember),
    ]

  /// The stream cut short at 24 places.
  static let cuts: [MalformedGzip] = (1..<25).map { part in
    let count = part < 12 ? part : whole.count * (part - 11) / 14
    return MalformedGzip("cut after \(count) bytes", Array(whole[..<count]), .truncated)
  }
}
