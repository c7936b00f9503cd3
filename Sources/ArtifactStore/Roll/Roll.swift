internal import ContentAddressing

/// The roll of a store: which records were published, and which of them were taken away again.
///
/// Nothing else names a tag, an attestation, the record of a run or the newest checkpoint, so that nobody
/// would miss one that was deleted. A line is added only when the record is durable, and before it is
/// taken away on purpose; it is never synced. So a roll that lost lines, or is gone, misses less, and
/// never misses what was not there.
struct Roll: Sendable {
  /// What became of the paths on the roll, the last word on each.
  private(set) var isPresent: [String: Bool] = [:]

  /// The paths in the order in which they were first written.
  private(set) var paths: [String] = []

  /// What a line says of a path.
  enum Word: String {
    case published = "+"
    case removed = "-"
  }

  /// Reads a roll.
  ///
  /// A line that is torn or damaged may have been the last word on any path: what stands before it
  /// does not count.
  init(_ bytes: [UInt8]) {
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 3, let word = Word(rawValue: String(parts[0])),
        Self.line(word, String(parts[1])) == text
      else {
        isPresent = [:]
        paths = []
        continue
      }
      let path = String(parts[1])
      if isPresent.updateValue(word == .published, forKey: path) == nil { paths.append(path) }
    }
  }

  /// A line without its newline: the word, the path, and the beginning of the SHA-256 of both.
  static func line(_ word: Word, _ path: String) -> String {
    let text = "\(word.rawValue) \(path)"
    return "\(text) \(Digest(of: text).hex.prefix(16))"
  }

  /// Whether a path was taken away on purpose, or its loss has been dealt with.
  func isStruck(_ path: String) -> Bool { isPresent[path] == false }

  /// The paths that must be there.
  var expected: [String] { paths.filter { isPresent[$0] == true } }
}
