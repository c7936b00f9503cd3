/// A picture as a PNG file: what a sample looks like, bit for bit.
///
/// The compressed stream consists of stored blocks, so the bytes depend on no library. A picture of
/// 28 × 28 grey values takes 900 bytes.
enum PNGImage {
  static func encode(_ image: SampleImage) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let colourType: UInt8 = image.channels == 1 ? 0 : 2
    let header = bigEndian(image.width) + bigEndian(image.height) + [8, colourType, 0, 0, 0]
    file += chunk("IHDR", header)
    file += chunk("IDAT", zlibStored(scanlines(of: image)))
    file += chunk("IEND", [])
    return file
  }

  /// A `data:` URL of the picture.
  static func dataURL(_ image: SampleImage) -> String {
    "data:image/png;base64," + Base64.encode(encode(image))
  }

  /// The rows, each after the number of its filter: 0, none.
  private static func scanlines(of image: SampleImage) -> [UInt8] {
    let rowBytes = image.width * image.channels
    var rows: [UInt8] = []
    rows.reserveCapacity(image.pixels.count + image.height)
    for row in 0..<image.height {
      rows.append(0)
      rows += image.pixels[(row * rowBytes)..<((row + 1) * rowBytes)]
    }
    return rows
  }

  /// Wraps bytes as a zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4).
  private static func zlibStored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    let blockSize = 65_535
    var start = 0
    repeat {
      let end = min(start + blockSize, bytes.count)
      let count = UInt16(end - start)
      stream.append(end == bytes.count ? 1 : 0)
      stream += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      stream += bytes[start..<end]
      start = end
    } while start < bytes.count
    return stream + bigEndian(adler32(bytes))
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(data.count) + body + bigEndian(crc32(body))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func adler32(_ bytes: [UInt8]) -> Int {
    var low = 1
    var high = 0
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
    }
  }

  private static func crc32(_ bytes: [UInt8]) -> Int {
    let remainder = bytes.reduce(~0 as UInt32) {
      crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8
    }
    return Int(~remainder)
  }
}
