internal import Pipeline
internal import Report

/// Makes what a report shows of a plot from its definition and the bytes of its output.
struct PlotBuilder {
  let definition: PlotDefinition

  /// The most groups and classes that can be told apart.
  private static let mostGroups = 50
  private static let mostClasses = 200

  /// Makes what the report shows.
  ///
  /// - Parameter read: The bytes of an output.
  /// - Returns: The plot with its numbers.
  /// - Throws: What `read` throws; ``StepFailure`` that names the output, its column and row.
  func plot(reading read: (PlotDefinition.Source) throws -> [UInt8]) throws -> Plot {
    Plot(
      title: definition.heading, source: definition.source, content: try content(reading: read))
  }

  private func content(
    reading read: (PlotDefinition.Source) throws -> [UInt8]
  ) throws -> Plot.Content {
    let first = definition.sources[0]
    func table(_ source: PlotDefinition.Source) throws -> PlotTable {
      try PlotTable(read(source), source: source.name)
    }
    switch definition.kind {
    case .image(let alternative):
      return .image(
        try PlotImage(
          checking: read(first), source: first.name,
          alternative: alternative ?? definition.heading))
    case .line(let x, let y, let by):
      let tables = try definition.sources.map(table)
      let across = try definition.across.map(table)
      return .lines(try lines(tables, across: across, x: x, y: y, by: by))
    case .scatter(let x, let y, let by):
      let tables = try definition.sources.map(table)
      let across = try definition.across.map(table)
      return .points(try points(tables, across: across, x: x, y: y, by: by))
    case .bar(let x, let y, let isSorted):
      return .bars(try bars(table(first), x: x, y: y, isSorted: isSorted))
    case .histogram(let x, let bins):
      return .histogram(column: x, values: try table(first).numbers(x), bins: bins)
    case .confusion(let actual, let predicted):
      return .confusion(try confusion(table(first), actual: actual, predicted: predicted))
    case .table(let columns): return .table(try sheet(table(first), columns: columns))
    }
  }

  private func lines(
    _ tables: [PlotTable], across other: PlotTable?, x: String?, y: [String], by: String?
  ) throws(StepFailure) -> Curve {
    var series: [CurveSeries] = []
    for (table, label) in zip(tables, Self.labels(tables)) {
      let across = try across(table, other, x)
      let groups = try groups(table, by)
      for column in try columns(y, of: table, among: tables) {
        let up = try table.numbers(column)
        for group in groups {
          let places = Self.ascending(group.rows.filter { across[$0].isFinite }, by: across)
          let isNamed = y.count > 1 || (group.name == nil && label == nil)
          series.append(
            CurveSeries(
              name: [label, group.name, isNamed ? column : nil].compactMap { $0 }
                .joined(separator: " "),
              positions: places.map { across[$0] }, values: places.map { up[$0] }))
        }
      }
    }
    return Curve(
      name: y.count == 1 ? y[0] : definition.heading, axis: x ?? "row", goal: .none, series: series)
  }

  /// What stands across for each row of a table: its own column, one of another table, or the row.
  private func across(
    _ table: PlotTable, _ other: PlotTable?, _ x: String?
  ) throws(StepFailure) -> [Double] {
    guard let x else { return table.rows.indices.map { Double($0 + 1) } }
    guard let other else { return try table.numbers(x) }
    let across = try other.numbers(x)
    guard across.count == table.rows.count else {
      throw StepFailure(
        .malformedData,
        "\(other.source) has \(across.count) rows and \(table.source) \(table.rows.count); a plot "
          + "takes column “\(x)” row by row, so both need the same number of rows")
    }
    return across
  }

  /// The columns of `wanted` that a table has.
  ///
  /// - Throws: ``StepFailure`` where it has none of them, or where no table has one of them.
  private func columns(
    _ wanted: [String], of table: PlotTable, among tables: [PlotTable]
  ) throws(StepFailure) -> [String] {
    let own = wanted.filter { table.columns.contains($0) }
    for column in wanted
    where own.isEmpty || !tables.contains(where: { $0.columns.contains(column) }) {
      _ = try table.index(of: column)
    }
    return own
  }

  /// What tells several tables apart: their stages, their files, or both.
  private static func labels(_ tables: [PlotTable]) -> [String?] {
    guard tables.count > 1 else { return [nil] }
    let parts = tables.map { $0.source.split(separator: "/", maxSplits: 1).map(String.init) }
    for part in 0...1 {
      let names = parts.map { $0.count == 2 ? $0[part] : $0[0] }
      if Set(names).count == names.count { return names }
    }
    return tables.map(\.source)
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
    _ tables: [PlotTable], across other: PlotTable?, x: String, y: String, by: String?
  ) throws(StepFailure) -> PointCloud {
    var clouds: [PointCloud.Group] = []
    for (table, label) in zip(tables, Self.labels(tables)) {
      let across = try across(table, other, x)
      let up = try table.numbers(y)
      clouds += try groups(table, by).map { group in
        let name = [label, group.name].compactMap { $0 }.joined(separator: " ")
        return .init(
          name: name.isEmpty ? y : name, x: group.rows.map { across[$0] },
          y: group.rows.map { up[$0] })
      }
    }
    return PointCloud(xName: x, yName: y, groups: clouds)
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
        "column “\(column)” of \(table.source) has \(names.count) different texts; `by` divides rows "
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
