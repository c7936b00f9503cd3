internal import Pipeline
internal import Report

/// A picture that a stage wrote: its type is detected by its first bytes, not by its file name.
extension PlotImage {
  /// The largest file that a page can contain.
  static let largestFile = 4_000_000

  /// Checks a picture without decoding it: the page shows it in an `img` element, where nothing of an SVG
  /// runs or loads.
  ///
  /// - Throws: ``StepFailure`` for an unknown format, a file that is too large, or one that would expand when opened.
  init(checking bytes: [UInt8], source: String, alternative: String) throws(StepFailure) {
    guard bytes.count <= Self.largestFile else {
      throw StepFailure(
        .malformedData,
        "\(source) has \(bytes.count) bytes; a page takes pictures of at most \(Self.largestFile)")
    }
    guard let type = Self.mediaType(bytes) else {
      throw StepFailure(
        .malformedData, "\(source) is not a PNG, JPEG, GIF, WebP or SVG file")
    }
    if type == .svg, Self.contains("<!ENTITY", in: bytes) {
      throw StepFailure(
        .malformedData,
        "\(source) declares entities, by which a small SVG can grow without end; write it without")
    }
    self.init(mediaType: type, bytes: bytes, alternative: alternative)
  }

  private static func mediaType(_ bytes: [UInt8]) -> MediaType? {
    let begins = { (text: String, place: Int) in
      bytes.dropFirst(place).starts(with: Array(text.utf8))
    }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if begins("GIF87a", 0) || begins("GIF89a", 0) { return .gif }
    if begins("RIFF", 0), begins("WEBP", 8) { return .webp }
    return isSVG(bytes) ? .svg : nil
  }

  /// Whether markup begins, and `<svg` is among what it begins with.
  private static func isSVG(_ bytes: [UInt8]) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let first = start.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    return first == UInt8(ascii: "<") && contains("<svg", in: Array(start.prefix(4096)))
  }

  private static func contains(_ text: String, in bytes: [UInt8]) -> Bool {
    let pattern = Array(text.utf8)
    guard bytes.count >= pattern.count else { return false }
    return (0...bytes.count - pattern.count).contains { bytes[$0...].starts(with: pattern) }
  }
}
