/// A change of a finished page: some bytes give way to a text.
struct PageEdit {
  let range: Range<Int>
  let text: String

  init(range: Range<Int>, text: String) {
    self.range = range
    self.text = text
  }

  /// Replaces the first occurrence of `pattern`, or is `nil` if there is none.
  init?(replacing pattern: String, in page: [UInt8], by text: () -> String) {
    guard let start = Self.firstIndex(of: pattern, in: page, from: 0) else { return nil }
    self.init(range: start..<start + pattern.utf8.count, text: text())
  }

  /// The page after changes that do not overlap.
  static func applying(_ edits: [PageEdit], to page: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(page.count + edits.reduce(0) { $0 + $1.text.utf8.count })
    var position = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      result += page[position..<edit.range.lowerBound]
      result += edit.text.utf8
      position = edit.range.upperBound
    }
    return result + page[position...]
  }

  /// Where `pattern` first begins at or after `start`.
  ///
  /// - Complexity: O(*n* · *m*) at worst, O(*n*) for patterns that begin with a rare byte, as ours do.
  static func firstIndex(of pattern: String, in page: [UInt8], from start: Int) -> Int? {
    let pattern = Array(pattern.utf8)
    let last = page.count - pattern.count
    guard let first = pattern.first, start <= last else { return nil }
    let bytes = page.span
    var index = start
    while index <= last {
      if bytes[index] == first {
        var length = 1
        while length < pattern.count, bytes[index + length] == pattern[length] { length += 1 }
        if length == pattern.count { return index }
      }
      index += 1
    }
    return nil
  }
}
