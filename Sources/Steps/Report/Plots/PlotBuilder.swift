internal import Pipeline
internal import Report

/// Makes what a report shows of a plot from its definition and the bytes of its output.
struct PlotBuilder {
  let definition: PlotDefinition

  /// The most groups and classes that can be told apart.
  private static let mostGroups = 50
  private static let mostClasses = 200

  /// - Throws: ``StepFailure`` that names the output, its column and row.
  func plot(_ bytes: [UInt8]) throws(StepFailure) -> Plot {
    Plot(
      title: definition.heading, source: definition.source, content: try content(bytes))
  }

  private func content(_ bytes: [UInt8]) throws(StepFailure) -> Plot.Content {
    let source = definition.source
    func table() throws(StepFailure) -> PlotTable { try PlotTable(bytes, source: source) }
    switch definition.kind {
    case .image(let alternative):
      return .image(
        try PlotPicture.image(
          bytes, source: source, alternative: alternative ?? definition.heading))
    case .line(let x, let y, let by): return .lines(try lines(table(), x: x, y: y, by: by))
    case .scatter(let x, let y, let by): return .points(try points(table(), x: x, y: y, by: by))
    case .bar(let x, let y, let isSorted):
      return .bars(try bars(table(), x: x, y: y, isSorted: isSorted))
    case .histogram(let x, let bins):
      return .histogram(column: x, values: try table().numbers(x), bins: bins)
    case .confusion(let actual, let predicted):
      return .confusion(try confusion(table(), actual: actual, predicted: predicted))
    case .table(let columns): return .table(try sheet(table(), columns: columns))
    }
  }

  private func lines(
    _ table: PlotTable, x: String?, y: [String], by: String?
  ) throws(StepFailure) -> Curve {
    let across =
      if let x { try table.numbers(x) } else { table.rows.indices.map { Double($0 + 1) } }
    let groups = try groups(table, by)
    var series: [CurveSeries] = []
    for column in y {
      let up = try table.numbers(column)
      for group in groups {
        let places = Self.ascending(group.rows.filter { across[$0].isFinite }, by: across)
        let name = [group.name, y.count > 1 || group.name == nil ? column : nil]
        series.append(
          CurveSeries(
            name: name.compactMap { $0 }.joined(separator: " "),
            positions: places.map { across[$0] }, values: places.map { up[$0] }))
      }
    }
    return Curve(
      name: y.count == 1 ? y[0] : definition.heading, axis: x ?? "row", goal: .none, series: series)
  }

  /// Rows in ascending order across; what the file lists from the right is turned round as a whole.
  private static func ascending(_ rows: [Int], by across: [Double]) -> [Int] {
    let isFalling = zip(rows, rows.dropFirst()).allSatisfy { across[$0] >= across[$1] }
    let rows = isFalling ? rows.reversed() : rows
    return rows.enumerated().sorted {
      (across[$0.element], $0.offset) < (across[$1.element], $1.offset)
    }.map(\.element)
  }

  private func points(
    _ table: PlotTable, x: String, y: String, by: String?
  ) throws(StepFailure) -> PointCloud {
    let across = try table.numbers(x)
    let up = try table.numbers(y)
    return PointCloud(
      xName: x, yName: y,
      groups: try groups(table, by).map { group in
        .init(
          name: group.name ?? y, x: group.rows.map { across[$0] }, y: group.rows.map { up[$0] })
      })
  }

  /// The rows of each text of a column, by first appearance, or all rows.
  private func groups(
    _ table: PlotTable, _ column: String?
  ) throws(StepFailure) -> [(name: String?, rows: [Int])] {
    guard let column else { return [(nil, Array(table.rows.indices))] }
    var names: [String] = []
    var rows: [String: [Int]] = [:]
    for (index, text) in try table.texts(column).enumerated() {
      if rows[text] == nil { names.append(text) }
      rows[text, default: []].append(index)
    }
    guard names.count <= Self.mostGroups else {
      throw StepFailure(
        .invalidSpec,
        "column “\(column)” of \(table.source) has \(names.count) different texts; `by` parts rows "
          + "into at most \(Self.mostGroups) groups")
    }
    return names.map { ($0, rows[$0] ?? []) }
  }

  private func bars(
    _ table: PlotTable, x: String, y: [String], isSorted: Bool
  ) throws(StepFailure) -> BarGroups {
    let names = try table.texts(x)
    var columns: [[Double]] = []
    for column in y { columns.append(try table.numbers(column)) }
    var order = Array(names.indices)
    if isSorted {
      let key = { (row: Int) in columns[0][row].isNaN ? -Double.infinity : columns[0][row] }
      order.sort { (key($1), $0) < (key($0), $1) }
    }
    return BarGroups(
      axis: x, categories: order.map { names[$0] },
      series: zip(y, columns).map { name, values in
        .init(name: name, values: order.map { values[$0] })
      })
  }

  private func confusion(
    _ table: PlotTable, actual: String, predicted: String
  ) throws(StepFailure) -> ConfusionMatrix {
    let truth = try table.texts(actual)
    let guesses = try table.texts(predicted)
    let classes = Set(truth).union(guesses)
    guard classes.count <= Self.mostClasses else {
      throw StepFailure(
        .invalidSpec,
        "columns “\(actual)” and “\(predicted)” of \(table.source) hold \(classes.count) different "
          + "texts; a confusion matrix has at most \(Self.mostClasses) classes")
    }
    // Numbers by value, the rest by letters.
    let number = { (text: String) in Double(text).flatMap { $0.isFinite ? $0 : nil } }
    let names = classes.sorted { left, right in
      switch (number(left), number(right)) {
      case (let a?, let b?) where a != b: a < b
      case (.some, nil): true
      case (nil, .some): false
      default: left < right
      }
    }
    let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: names.count), count: names.count)
    for (truth, guess) in zip(truth, guesses) {
      if let row = places[truth], let column = places[guess] { counts[row][column] += 1 }
    }
    return ConfusionMatrix(classNames: names, counts: counts)
  }

  private func sheet(_ table: PlotTable, columns: [String]) throws(StepFailure) -> PlainTable {
    var places: [Int] = []
    for column in columns { places.append(try table.index(of: column)) }
    if columns.isEmpty { places = Array(table.columns.indices) }
    return PlainTable(
      columns: places.map { table.columns[$0] },
      rows: table.rows.prefix(200).map { row in places.map { row[$0] } },
      rowCount: table.rows.count)
  }
}
