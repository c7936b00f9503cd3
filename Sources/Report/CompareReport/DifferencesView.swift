/// A table with a row for each name and a column for each run, the rows that are the same hidden.
struct DifferencesView {
  struct DiffRow {
    /// The name, parted where a line may be broken.
    var segments: [String]
    var rowClass: String
    var diffCells: [DiffCell]
  }

  struct DiffCell {
    var text: String
    var cellClass: String
    /// The whole value, where a shorter one is shown.
    var full: String?
  }

  struct DiffColumn {
    var letter: String
    var colour: String
    var label: String
  }

  /// How many rows differ, in words.
  var differNote: String
  var tableName: String
  var diffColumns: [DiffColumn]
  var diffRows: [DiffRow]

  init?(_ rows: [Comparison.Row], noun: String, _ comparison: Comparison, shortens: Bool = false) {
    guard !rows.isEmpty, comparison.runs.count > 1 else { return nil }
    let differing = rows.count(where: \.differs)
    differNote =
      "\(differing) of \(Text.counted(rows.count, noun)) \(differing == 1 ? "differs" : "differ")."
    tableName = Text.capitalized(noun) + "s of each run"
    diffColumns = comparison.runs.enumerated().map { index, run in
      DiffColumn(letter: run.letter, colour: LineStyle.colour(index), label: run.label)
    }
    diffRows = rows.map { row in
      DiffRow(
        segments: Text.segments(row.name), rowClass: row.differs ? "" : "same",
        diffCells: row.values.enumerated().map { index, value in
          let shown = value.map { shortens ? Text.shortDigest($0) : $0 }
          return DiffCell(
            text: shown ?? "–",
            cellClass: [
              shortens ? "mono" : "", (shown ?? "").count > 24 ? "wide" : "",
              value == nil ? "missing" : "",
              index == 0 ? "baseline" : value == row.values[0] ? "" : "differs",
            ].filter { !$0.isEmpty }.joined(separator: " "), full: shortens ? value : nil)
        })
    }
  }
}
