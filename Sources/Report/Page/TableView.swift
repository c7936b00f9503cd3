/// A table with its headings and, where it has some, sums below.
struct TableView {
  struct Column {
    var name: String
    var isNumber = false
  }

  struct Cell {
    var text: String
    var look = ""
    var isHead = false
    /// The class of its colour, where the text is a word with one: `hit`, `ran`, `failed`.
    var pill: String?
    /// A small bar before the text, as long as a part of one.
    var bar: Double?

    static func number(_ text: String, bar: Double? = nil) -> Cell {
      Cell(text: text, look: "num", bar: bar)
    }

    static func pill(_ text: String, _ pill: String) -> Cell { Cell(text: text, pill: pill) }

    static func head(_ text: String) -> Cell { Cell(text: text, isHead: true) }
  }

  typealias Row = [Cell]

  /// What a screen reader calls the region that scrolls.
  var name: String
  var look = ""
  /// A sentence above the table.
  var remark: String?
  var columns: [Column]
  var rows: [Row]
  /// Sums and means below the rows.
  var footer: [Row] = []
  /// Whether a script lets the reader sort the rows.
  var isSortable = false

  func write(to page: inout MarkupWriter) {
    if let remark { page.element("p", ["class": "note"], text: remark) }
    page.scrolling(name) { region in
      region.element("table", ["class": look, "data-sortable": isSortable ? "yes" : ""]) { table in
        table.element("thead") { head in
          head.element("tr") { row in
            for column in columns {
              row.element(
                "th", ["scope": "col", "class": column.isNumber ? "num" : ""], text: column.name)
            }
          }
        }
        table.element("tbody") { body in for row in rows { Self.write(row, to: &body) } }
        if !footer.isEmpty {
          table.element("tfoot") { foot in for row in footer { Self.write(row, to: &foot) } }
        }
      }
    }
  }

  private static func write(_ row: Row, to body: inout MarkupWriter) {
    body.element("tr") { line in
      for cell in row {
        if cell.isHead {
          line.element("th", ["scope": "row", "class": cell.look], text: cell.text)
        } else if cell.pill == nil, cell.bar == nil {
          line.element("td", ["class": cell.look], text: cell.text)
        } else {
          line.element("td", ["class": cell.look]) { content in
            if let bar = cell.bar { content.bar(bar) }
            content.element(
              "span", ["class": cell.pill.map { "pill \($0)" } ?? "amount"], text: cell.text)
          }
        }
      }
    }
  }
}

extension MarkupWriter {
  /// Writes a bar with a length from 0 to 1 into a table cell.
  fileprivate mutating func bar(_ part: Double) {
    let part = part.isFinite ? min(max(part, 0), 1) : 0
    element("svg", ["class": "bar", "aria-hidden": "true"]) { svg in
      svg.element("rect", ["class": "track", "width": "100%", "height": "6"])
      svg.element("rect", ["width": NumberText.percent(part, decimals: 1), "height": "6"])
    }
  }
}
