/// A table as the template `table` shows it.
struct TableView {
  struct Column {
    var name: String
    var isNumber = false
  }

  struct Cell {
    var text: String
    var cellClass = ""
    var isHead = false
    /// The text is one of the words that have a colour: `hit`, `ran`, `failed`.
    var isPill = false
    /// The class that gives it.
    var pillClass = ""
    /// A small bar behind the text, as markup.
    var bar = ""

    static func number(_ text: String, bar: Markup? = nil) -> Cell {
      Cell(text: text, cellClass: "num", bar: bar?.text ?? "")
    }

    static func pill(_ text: String, class pillClass: String) -> Cell {
      Cell(text: text, isPill: true, pillClass: pillClass)
    }

    static func head(_ text: String) -> Cell { Cell(text: text, isHead: true) }
  }

  struct Row {
    var cells: [Cell]
  }

  /// What a screen reader calls the region that scrolls.
  var tableName: String
  var tableClass = ""
  /// A sentence above the table.
  var remark: String?
  var columns: [Column]
  var rows: [Row]
  /// Sums and means below the rows.
  var footer: [Row]
  var hasFooter: Bool

  init(
    tableName: String, tableClass: String = "", remark: String? = nil, columns: [Column],
    rows: [Row], footer: [Row] = []
  ) {
    self.tableName = tableName
    self.tableClass = tableClass
    self.remark = remark
    self.columns = columns
    self.rows = rows
    self.footer = footer
    hasFooter = !footer.isEmpty
  }
}

/// A chart with its words and its data, as the template `chart` shows it.
struct ChartView {
  struct LegendEntry {
    var label: String
    var swatch: String
  }

  var title: String
  var note: String?
  var frameClass: String
  var svg: String
  /// JSON for the page's script; without it the chart stays as drawn.
  var chartData: String?
  var legend: [LegendEntry] = []
  var table: TableView

  var hasLegend: Bool

  init(
    title: String, note: String?, frameClass: String = "", svg: Markup, chartData: JSONText? = nil,
    legend: [LegendEntry] = [], table: TableView
  ) {
    self.title = title
    self.note = note
    self.frameClass = frameClass
    self.svg = svg.text
    self.chartData = chartData?.text
    self.legend = legend
    self.hasLegend = !legend.isEmpty
    self.table = table
  }
}

/// An entry of the list of sections.
struct ContentsEntry {
  var id: String
  var title: String
}
