/// Goes over the words of a text, line by line.
struct WordScanner {
  private let bytes: [UInt8]
  private var position: Int
  /// The number of the line that was read last; where a backslash joins several, that of the last one.
  private(set) var line = 0

  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The words of the next line that has any.
  ///
  /// - Complexity: O(*n*) in the length of the line.
  mutating func next() -> [ArraySlice<UInt8>]? {
    while position < bytes.count {
      let words = words()
      if !words.isEmpty { return words }
    }
    return nil
  }

  private mutating func words() -> [ArraySlice<UInt8>] {
    line += 1
    var words: [ArraySlice<UInt8>] = []
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0A || byte == 0x0D {
        step()
        return words
      }
      if byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
        bytes[position + 1] == 0x0A || bytes[position + 1] == 0x0D
      {
        position += 1
        step()
        line += 1
        continue
      }
      if Self.isSpace(byte) {
        position += 1
        continue
      }
      let start = position
      while position < bytes.count, !Self.ends(bytes, position) { position += 1 }
      words.append(bytes[start..<position])
    }
    return words
  }

  /// Goes over the end of a line, of one byte or two.
  private mutating func step() {
    let isPair =
      bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
    position += isPair ? 2 : 1
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Whether a word ends before a byte; a backslash is part of it unless it ends the line.
  private static func ends(_ bytes: [UInt8], _ position: Int) -> Bool {
    let byte = bytes[position]
    if isSpace(byte) || byte == 0x0A || byte == 0x0D { return true }
    guard byte == UInt8(ascii: "\\"), position + 1 < bytes.count else { return false }
    return bytes[position + 1] == 0x0A || bytes[position + 1] == 0x0D
  }

  /// A word as text, cut where it is too long to be shown.
  static func text(_ word: ArraySlice<UInt8>) -> String {
    String(decoding: word.prefix(40), as: UTF8.self)
  }

  /// A word as a number, whether finite or not; nothing where it is none.
  static func number(_ word: ArraySlice<UInt8>) -> Double? {
    word.count <= 64 ? Double(String(decoding: word, as: UTF8.self)) : nil
  }

  /// A word as a whole number.
  static func integer(_ word: ArraySlice<UInt8>) -> Int? {
    word.count <= 24 ? Int(String(decoding: word, as: UTF8.self)) : nil
  }
}
