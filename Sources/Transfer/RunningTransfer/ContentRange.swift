/// The range that a server says it sends: `Content-Range: bytes 100-199/200`.
struct ContentRange: Hashable {
  /// The first byte's place in the resource.
  let first: Int

  /// The last byte's place in the resource, inclusive.
  let last: Int

  /// The size of the resource, if the server says it.
  let total: Int?

  /// Whether nothing follows after this range, as far as the server says.
  var reachesEnd: Bool { total.map { last + 1 == $0 } ?? true }

  /// Reads a header line, or returns `nil` if it is another header or malformed.
  init?(headerLine: String) {
    let parts = headerLine.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "content-range" else { return nil }
    let words = parts[1].split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
    let halves = words[1].split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]),
      first <= last
    else { return nil }
    self.first = first
    self.last = last
    if halves[1] == "*" {
      total = nil
    } else {
      guard let total = Self.number(halves[1]), last < total else { return nil }
      self.total = total
    }
  }

  /// Digits only: no sign, and no overflow in `last + 1`.
  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let value = Int(text), value < Int.max
    else { return nil }
    return value
  }
}
