internal import Pipeline
internal import Report

/// A picture, a sound or a film that a stage wrote: known by its first bytes, whatever its name says.
enum PlotMedia {
  /// The largest file that a page takes up.
  static let largestFile = 4_000_000

  /// Looks at a picture without decoding it: the page shows it in an `img` element, where nothing of an SVG
  /// runs or loads.
  ///
  /// - Throws: ``StepFailure`` for what no browser shows, or is too large, or would grow when opened.
  static func image(
    _ bytes: [UInt8], source: String, alternative: String
  ) throws(StepFailure) -> PlotFile {
    let file = try file(
      bytes, source: source, alternative: alternative, isImage: true, noun: "pictures",
      known: "PNG, JPEG, GIF, WebP or SVG")
    if file.mediaType == .svg, contains("<!ENTITY", in: bytes) {
      throw StepFailure(
        .malformedData,
        "\(source) declares entities, by which a small SVG can grow without end; write it without")
    }
    return file
  }

  /// Looks at a sound or a film without decoding it.
  ///
  /// - Throws: ``StepFailure`` for what no browser plays, or what is too large.
  static func recording(
    _ bytes: [UInt8], source: String, alternative: String
  ) throws(StepFailure) -> PlotFile {
    try file(
      bytes, source: source, alternative: alternative, isImage: false, noun: "recordings",
      known: "WAV, MP3, Ogg, FLAC, MP4 or WebM")
  }

  private static func file(
    _ bytes: [UInt8], source: String, alternative: String, isImage: Bool, noun: String,
    known: String
  ) throws(StepFailure) -> PlotFile {
    guard bytes.count <= largestFile else {
      throw StepFailure(
        .malformedData,
        "\(source) has \(bytes.count) bytes; a page takes \(noun) of at most \(largestFile)")
    }
    guard let type = mediaType(bytes), type.isImage == isImage else {
      throw StepFailure(.malformedData, "\(source) is no \(known) file by its first bytes")
    }
    return PlotFile(mediaType: type, bytes: bytes, alternative: alternative)
  }

  private static func mediaType(_ bytes: [UInt8]) -> PlotFile.MediaType? {
    let begins = { (text: String, place: Int) in
      bytes.dropFirst(place).starts(with: Array(text.utf8))
    }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if begins("GIF87a", 0) || begins("GIF89a", 0) { return .gif }
    if begins("RIFF", 0), begins("WEBP", 8) { return .webp }
    if begins("RIFF", 0), begins("WAVE", 8) { return .wav }
    if begins("ID3", 0) || isFrameOfMPEG(bytes) { return .mp3 }
    if begins("OggS", 0) { return .ogg }
    if begins("fLaC", 0) { return .flac }
    if begins("ftyp", 4) { return begins("M4A", 8) ? .m4a : .mp4 }
    if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return .webm }
    return isSVG(bytes) ? .svg : nil
  }

  /// Whether a frame of MPEG audio, layer III, begins: eleven bits of one, a version that there is, a layer.
  private static func isFrameOfMPEG(_ bytes: [UInt8]) -> Bool {
    bytes.count > 1 && bytes[0] == 0xFF && bytes[1] & 0xE6 == 0xE2 && bytes[1] & 0x18 != 0x08
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
