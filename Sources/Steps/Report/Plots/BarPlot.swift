internal import Report
internal import Settings

/// A bar for each row.
struct BarPlot: PlotKind {
  static let word = "bar"
  static let summary = "A bar for each row."
  static let settings: [Setting<Self>] = [
    .table(\.data), Setting("x", \.x, .text(), isRequired: true, "The column of names."),
    .columns(\.y),
    Setting(
      "sorted", \.isSorted, .boolean,
      "Whether to sort the bars, the greatest first; by default they keep the order of the file."),
    .title,
  ]

  var data = Input()
  var x = "x"
  var y = ["y"]
  var isSorted = false
  var title: String?

  var sources: [Input] { [data] }

  func standardHeading(_ file: String) -> String { "\(y.joined(separator: ", ")) by \(x)" }

  func content(_ files: PlotFiles) throws -> Plot.Content {
    let table = try files.table(data)
    let names = try table.texts(x)
    let columns = try y.map { try table.numbers($0) }
    var order = Array(names.indices)
    if isSorted {
      let key = { (row: Int) in columns[0][row].isNaN ? -Double.infinity : columns[0][row] }
      order.sort { (key($1), $0) < (key($0), $1) }
    }
    return .bars(
      BarGroups(
        axis: x, categories: order.map { names[$0] },
        series: zip(y, columns).map { name, values in
          .init(name: name, values: order.map { values[$0] })
        }))
  }
}
