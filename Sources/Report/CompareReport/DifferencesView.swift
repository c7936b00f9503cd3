/// A table with a row for each name and a column for each run, the rows that are the same hidden.
struct DifferencesView {
  private let rows: [Comparison.Row]
  private let noun: String
  private let runs: [Comparison.Run]
  private let shortens: Bool

  /// `nil` if there is nothing to compare.
  init?(_ rows: [Comparison.Row], noun: String, _ comparison: Comparison, shortens: Bool = false) {
    guard !rows.isEmpty, comparison.runs.count > 1 else { return nil }
    self.rows = rows
    self.noun = noun
    runs = comparison.runs
    self.shortens = shortens
  }

  /// The section of the table: `remark` follows the count of differences, and what `before` writes
  /// before the table.
  func section(
    _ id: String, entry: String, heading: String, act: String = "", remark: String = "",
    before: PageSection.Writing? = nil
  ) -> PageSection {
    let differing = rows.count(where: \.differs)
    let note =
      "\(differing) of \(Text.counted(rows.count, noun)) \(differing == 1 ? "differs" : "differ")."
    return PageSection(
      id, entry: entry, heading: heading, look: "diff-part",
      note: remark.isEmpty ? note : "\(note) \(remark)",
      tools: { header in
        header.element("div", ["class": "tools"]) {
          $0.checkbox("Show all", act: act, look: "show-all")
        }
      }
    ) { section in
      before?(&section)
      section.scrolling(Text.capitalized(noun) + "s of each run", writeTable)
    }
  }

  private func writeTable(to region: inout MarkupWriter) {
    region.element("table", ["class": "diff sticky"]) { table in
      table.element("thead") { head in
        head.element("tr") { line in
          line.element("th", ["scope": "col"], text: "Name")
          for (index, run) in runs.enumerated() {
            line.element("th", ["scope": "col"]) { $0.letter(run, index) }
          }
        }
      }
      table.element("tbody") { body in for row in rows { write(row, to: &body) } }
    }
  }

  private func write(_ row: Comparison.Row, to body: inout MarkupWriter) {
    body.element("tr", ["class": row.differs ? "" : "same"]) { line in
      line.element("th", ["scope": "row", "class": "long mono"]) { $0.segments(row.name) }
      for (index, value) in row.values.enumerated() {
        let shown = value.map { shortens ? Text.shortDigest($0) : $0 }
        let look = [
          "value", shortens ? "mono" : "", (shown ?? "").count > 24 ? "wide" : "",
          value == nil ? "missing" : "",
          index == 0 ? "baseline" : value == row.values[0] ? "" : "differs",
        ].filter { !$0.isEmpty }.joined(separator: " ")
        line.element(
          "td", ["class": look, "title": shortens ? value ?? "" : ""], text: shown ?? "–")
      }
    }
  }
}
