import Foundation

/// Compares what a page shows with what a command prints.
enum ShownOutput {
  /// Where the two part, or `nil` where they agree.
  static func difference(shown: [String], printed: [String]) -> String? {
    let (shown, printed) = (shown.map(normalized), printed.map(normalized))
    guard let place = mismatch(shown[...], printed[...]) else { return nil }
    let wanted = place < shown.count ? shown[place] : "nothing more"
    return """
      line \(place + 1) of what is shown does not fit: \(wanted)
      --- printed:
      \(printed.joined(separator: "\n"))
      ---
      """
  }

  /// What a person sees on a terminal, where progress is drawn over and cleared at the end.
  static func withoutProgress(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .filter { !$0.hasPrefix("  > ") }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Durations and run ids as words that stand for any, what hits saved left out (a short time is not said), and the spaces between columns as two.
  static func normalized(_ line: String) -> String {
    line.replacing(/\b[0-9A-HJKMNP-TV-Z]{26}\b/, with: "RUN")
      .replacing(/[ ]\(saved .*?\)$/, with: "")
      .replacing(/[ ]+(\d+ min )?\d+(\.\d+)? (ms|s|min|h)\b/, with: "  TIME")
      .replacing(/[ ]+$/, with: "")
      .replacing(/(\S)[ ]{2,}/) { "\($0.output.1)  " }
  }

  /// The first of the shown lines that nothing printed fits, by the shortest way to the end.
  private static func mismatch(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Int? {
    var (wanted, found) = (shown.startIndex, printed.startIndex)
    var lastGap: (wanted: Int, found: Int)?
    while found < printed.endIndex || wanted < shown.endIndex {
      if wanted < shown.endIndex, shown[wanted] == "…" {
        lastGap = (wanted + 1, found)
        wanted += 1
      } else if wanted < shown.endIndex, found < printed.endIndex,
        fits(printed[found], pattern: shown[wanted])
      {
        wanted += 1
        found += 1
      } else if let gap = lastGap, gap.found < printed.endIndex {
        lastGap = (gap.wanted, gap.found + 1)
        (wanted, found) = (gap.wanted, gap.found + 1)
        if found == printed.endIndex, wanted < shown.endIndex, shown[wanted] != "…" {
          return wanted
        }
      } else {
        return wanted
      }
    }
    return nil
  }

  /// Whether a line has the parts of the pattern between its `…` in their order.
  private static func fits(_ line: String, pattern: String) -> Bool {
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return line == pattern }
    var rest = line[...]
    guard rest.hasPrefix(parts[0]) else { return false }
    rest = rest.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.range(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }
}
