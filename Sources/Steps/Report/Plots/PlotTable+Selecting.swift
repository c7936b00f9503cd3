internal import Pipeline

extension PlotTable {
  /// The largest number of distinguishable groups.
  private static let mostGroups = 50

  /// The place of each row on the horizontal axis: its own column, one of another table, or the row.
  func horizontal(_ x: String?, _ other: PlotTable?) throws(StepFailure) -> [Double] {
    guard let x else { return rows.indices.map { Double($0 + 1) } }
    guard let other else { return try numbers(x) }
    let across = try other.numbers(x)
    guard across.count == rows.count else {
      throw StepFailure(
        .malformedData,
        "\(other.source) has \(across.count) rows and \(source) \(rows.count); a plot takes column "
          + "“\(x)” row by row, so both need the same number of rows")
    }
    return across
  }

  /// What distinguishes several tables: their stages, their files, or both.
  static func labels(_ tables: [PlotTable]) -> [String?] {
    guard tables.count > 1 else { return [nil] }
    let parts = tables.map { $0.source.split(separator: "/", maxSplits: 1).map(String.init) }
    for part in 0...1 {
      let names = parts.map { $0.count == 2 ? $0[part] : $0[0] }
      if Set(names).count == names.count { return names }
    }
    return tables.map(\.source)
  }

  /// Rows in ascending horizontal order; a file in descending order is reversed as a whole.
  static func ascending(_ rows: [Int], by across: [Double]) -> [Int] {
    let isFalling = zip(rows, rows.dropFirst()).allSatisfy { across[$0] >= across[$1] }
    let rows = isFalling ? rows.reversed() : rows
    return rows.enumerated().sorted {
      (across[$0.element], $0.offset) < (across[$1.element], $1.offset)
    }.map(\.element)
  }

  /// The rows of each text of a column, by first appearance, or all rows.
  func groups(_ column: String?) throws(StepFailure) -> [(name: String?, rows: [Int])] {
    guard let column else { return [(nil, Array(rows.indices))] }
    var names: [String] = []
    var groups: [String: [Int]] = [:]
    for (index, text) in try texts(column).enumerated() {
      if groups[text] == nil { names.append(text) }
      groups[text, default: []].append(index)
    }
    guard names.count <= Self.mostGroups else {
      throw StepFailure(
        .invalidSpec,
        "column “\(column)” of \(source) has \(names.count) different texts; `by` divides rows into "
          + "at most \(Self.mostGroups) groups")
    }
    return names.map { ($0, groups[$0] ?? []) }
  }
}
