internal import Pipeline
internal import Report

/// A sound or a film that a stage wrote: known by its first bytes, whatever its name says.
enum PlotPlayer {
  /// The largest recording that a page takes up.
  static let largestFile = 4_000_000

  /// Looks at a file without decoding it.
  ///
  /// - Throws: ``StepFailure`` for what no browser plays, or what is too large.
  static func recording(
    _ bytes: [UInt8], source: String, alternative: String
  ) throws(StepFailure) -> PlotRecording {
    guard bytes.count <= largestFile else {
      throw StepFailure(
        .malformedData,
        "\(source) has \(bytes.count) bytes; a page takes recordings of at most \(largestFile)")
    }
    guard let type = mediaType(bytes) else {
      throw StepFailure(
        .malformedData,
        "\(source) is no WAV, MP3, Ogg, FLAC, MP4 or WebM file by its first bytes")
    }
    return PlotRecording(mediaType: type, bytes: bytes, alternative: alternative)
  }

  private static func mediaType(_ bytes: [UInt8]) -> PlotRecording.MediaType? {
    let begins = { (text: String, place: Int) in
      bytes.dropFirst(place).starts(with: Array(text.utf8))
    }
    if begins("RIFF", 0), begins("WAVE", 8) { return .wav }
    if begins("ID3", 0) { return .mp3 }
    // A frame of MPEG audio, layer III: eleven bits of one, a version, a layer.
    if bytes.count > 1, bytes[0] == 0xFF, bytes[1] & 0xE6 == 0xE2, bytes[1] & 0x18 != 0x08 {
      return .mp3
    }
    if begins("OggS", 0) { return .ogg }
    if begins("fLaC", 0) { return .flac }
    if begins("ftyp", 4) { return begins("M4A", 8) ? .m4a : .mp4 }
    return bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) ? .webm : nil
  }
}
