/// Names similar to a given one.
public enum Suggestion {
  /// The most likely candidate, or `nil`.
  ///
  /// One that differs only in capitals or in `-` for `_` comes first; then the nearest within two
  /// typing errors (and fewer than half the letters), if no other is as near; then the only one that
  /// begins with `name` or is its beginning (at least three letters).
  ///
  /// - Complexity: O(*n*) in the length of all candidates, for names of ordinary length.
  public static func nearest(to name: String, among candidates: [String]) -> String? {
    guard name.utf8.count <= 100 else { return nil }
    let folded = fold(name)
    if let same = candidates.first(where: { fold($0) == folded }) { return same }
    let letters = Array(name.unicodeScalars)
    let near = candidates.map { candidate in
      (candidate, distance(letters, Array(candidate.unicodeScalars), limit: 2))
    }.filter { candidate, distance in
      distance <= 2 && distance * 2 < max(letters.count, candidate.unicodeScalars.count)
    }
    if let least = near.map(\.1).min() {
      let best = near.filter { $0.1 == least }
      if best.count == 1 || least == 1 { return best.first?.0 }
    }
    guard letters.count >= 3 else { return nil }
    let prefixed = candidates.filter {
      $0.hasPrefix(name) || ($0.unicodeScalars.count >= 3 && name.hasPrefix($0 + "_"))
    }
    return prefixed.count == 1 ? prefixed.first : nil
  }

  /// The sentence beside a caret.
  static func hint(for name: String, among candidates: [String]) -> String? {
    if let colon = name.firstIndex(of: ":"), candidates.contains(String(name[..<colon])) {
      // `{linear:10}` is one word to YAML.
      return "write `\(name[..<colon]): \(name[name.index(after: colon)...])`, with a space"
    }
    return nearest(to: name, among: candidates).map { "did you mean `\($0)`?" }
  }

  private static func fold(_ name: String) -> String {
    String(name.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }

  /// The Damerau–Levenshtein distance (insert, delete, replace, exchange neighbours), or more than
  /// `limit` where it is more.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int {
    guard abs(a.count - b.count) <= limit else { return limit + 1 }
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        var best = min(
          previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforePrevious[j - 1] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[b.count]
  }
}
