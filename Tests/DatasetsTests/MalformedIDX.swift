import Datasets
import Testing

/// An IDX file: type, dimensions and body, whether they fit or not.
func idx(
  _ type: UInt8, _ dimensions: [UInt32], _ body: [UInt8], magic: [UInt8] = [0, 0],
  rank: UInt8? = nil
) -> [UInt8] {
  magic + [type, rank ?? UInt8(dimensions.count)]
    + dimensions.flatMap { dimension in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: dimension >> UInt32($0)) }
    } + body
}

/// Bytes that stand for nothing.
func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

/// A file that must be refused, and with which code.
struct MalformedIDX: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bytes: [UInt8]
  let code: DatasetError.Code

  init(_ name: String, _ bytes: [UInt8], _ code: DatasetError.Code) {
    testDescription = name
    self.bytes = bytes
    self.code = code
  }

  static let all: [MalformedIDX] =
    [
      // Headers
      MalformedIDX("empty", [], .noHeader),
      MalformedIDX("one byte", [0], .noHeader),
      MalformedIDX("two bytes", [0, 0], .noHeader),
      MalformedIDX("three bytes", [0, 0, 8], .noHeader),
      MalformedIDX("no dimension", [0, 0, 8, 1], .noHeader),
      MalformedIDX("half a dimension", [0, 0, 8, 1, 0, 0], .noHeader),
      MalformedIDX("one dimension of two", [0, 0, 8, 2, 0, 0, 0, 1], .noHeader),
      MalformedIDX("the first byte not zero", idx(8, [1], [0], magic: [1, 0]), .badMagic),
      MalformedIDX("the second byte not zero", idx(8, [1], [0], magic: [0, 1]), .badMagic),
      MalformedIDX("little-endian", [3, 8, 0, 0, 1, 0, 0, 0, 0], .badMagic),
      MalformedIDX("an HTML page", Array("<!DOCTYPE html>".utf8), .badMagic),
      MalformedIDX("HDF5", [0x89, 0x48, 0x44, 0x46], .badMagic),
      MalformedIDX("NumPy", [0x93] + Array("NUMPY".utf8), .badMagic),
      MalformedIDX("text", Array("0 0 8 3".utf8), .badMagic),
      MalformedIDX("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .badMagic),
      MalformedIDX("bzip2", Array("BZh91AY".utf8), .badMagic),
      MalformedIDX("zeros", zeros(16), .elementType(0)),
      MalformedIDX("type 7", idx(7, [1], [0]), .elementType(7)),
      MalformedIDX("type 10", idx(10, [1], [0]), .elementType(10)),
      MalformedIDX("type 15", idx(15, [1], [0]), .elementType(15)),
      MalformedIDX("type 255", idx(255, [1], [0]), .elementType(255)),
      MalformedIDX("no dimensions", idx(8, [], [0]), .rank(0)),
      MalformedIDX("five dimensions", idx(8, [1, 1, 1, 1, 1], [0]), .rank(5)),
      MalformedIDX("255 dimensions", idx(8, [1], [0], rank: 255), .rank(255)),
      // Sizes
      MalformedIDX("no element", idx(8, [0], []), .emptyDimension),
      MalformedIDX("no row", idx(8, [2, 0, 2], []), .emptyDimension),
      MalformedIDX("no column, and huge", idx(8, [.max, .max, 0], []), .emptyDimension),
      MalformedIDX("dimensions that overflow", idx(8, [.max, .max, .max, .max], []), .tooLarge),
      MalformedIDX(
        "dimensions that overflow to zero", idx(8, [1 << 31, 1 << 31, 4], []), .tooLarge),
      MalformedIDX("dimensions that overflow to one", idx(14, [1 << 31, 1 << 30], []), .tooLarge),
      MalformedIDX("one byte more than 8 GiB", idx(8, [3, 2_863_311_531], []), .tooLarge),
      MalformedIDX("more than 8 GiB of doubles", idx(14, [1 << 30, 2], []), .tooLarge),
      MalformedIDX(
        "exactly 8 GiB that are not there", idx(8, [1 << 31, 4], []),
        .truncated(declared: 12 + 8 << 30, found: 12)),
      MalformedIDX(
        "2 GiB that are not there", idx(8, [1 << 31], [1]),
        .truncated(declared: 8 + 1 << 31, found: 9)),
      MalformedIDX(
        "one byte short", idx(8, [2, 3], zeros(5)), .truncated(declared: 18, found: 17)),
      MalformedIDX("no body", idx(8, [2, 3], []), .truncated(declared: 18, found: 12)),
      MalformedIDX("an int16 short", idx(11, [3], zeros(5)), .truncated(declared: 14, found: 13)),
      MalformedIDX("an int32 short", idx(12, [3], zeros(8)), .truncated(declared: 20, found: 16)),
      MalformedIDX("a float short", idx(13, [3], zeros(11)), .truncated(declared: 20, found: 19)),
      MalformedIDX("a double short", idx(14, [3], zeros(16)), .truncated(declared: 32, found: 24)),
      MalformedIDX("one byte too many", idx(8, [2, 3], zeros(7)), .trailingBytes(declared: 18)),
      MalformedIDX("a newline at the end", idx(8, [1], [0, 10]), .trailingBytes(declared: 9)),
      MalformedIDX(
        "twice the file", idx(8, [2], [1, 2]) + idx(8, [2], [1, 2]), .trailingBytes(declared: 10)),
      MalformedIDX("a double too many", idx(14, [1], zeros(16)), .trailingBytes(declared: 16)),
      MalformedIDX(
        "a million bytes too many", idx(8, [1], zeros(1_000_001)), .trailingBytes(declared: 9)),
    ]
}
