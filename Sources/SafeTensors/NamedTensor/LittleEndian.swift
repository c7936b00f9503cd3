/// Integers as bytes, least significant first, whatever the machine.
enum LittleEndian {
  /// The bytes of some words.
  static func bytes<Word: FixedWidthInteger & UnsignedInteger>(_ words: [Word]) -> [UInt8] {
    let size = Word.bitWidth / 8
    return [UInt8](capacity: words.count * size) { output in
      for word in words {
        var rest = word
        for _ in 0..<size {
          output.append(UInt8(truncatingIfNeeded: rest))
          rest >>= 8
        }
      }
    }
  }

  /// The words that some bytes make.
  static func words<Word: FixedWidthInteger & UnsignedInteger>(
    _ bytes: [UInt8], as _: Word.Type
  ) -> [Word] {
    let size = Word.bitWidth / 8
    let count = bytes.count / size
    let span = bytes.span
    return [Word](capacity: count) { output in
      for index in 0..<count {
        var word: Word = 0
        for byte in 0..<size { word |= Word(span[index * size + byte]) << Word(8 * byte) }
        output.append(word)
      }
    }
  }
}
