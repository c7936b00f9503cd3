/// Columns of equal length by name.
public struct DataTable: Sendable, Hashable {
  /// The most rows that a transform may make.
  static let mostRows = 400_000

  /// What the rows come from, for messages.
  public let source: String
  public private(set) var names: [String]
  private(set) var columns: [[Datum]]
  public private(set) var rowCount: Int

  /// Takes cells as a file holds them.
  ///
  /// A column all of whose cells are numbers or empty holds numbers, one of `true` and `false` truths, any other
  /// texts; an empty cell is missing.
  ///
  /// Cells that a row lacks are missing.
  public init(source: String, names: [String], rows: [[String]]) {
    self.init(source: source, rowCount: rows.count)
    for (index, name) in names.enumerated() {
      self[name] = Self.typed(rows.map { index < $0.count ? $0[index] : "" })
    }
  }

  init(source: String, rowCount: Int) {
    self.source = source
    self.rowCount = rowCount
    names = []
    columns = []
  }

  private static func typed(_ cells: [String]) -> [Datum] {
    let filled = cells.filter { !$0.trimmed.isEmpty }
    if filled.allSatisfy({ $0 == "true" || $0 == "false" }) && !filled.isEmpty {
      return cells.map { $0.isEmpty ? .null : .boolean($0 == "true") }
    }
    // “NaN” and “inf” alone are names; among numbers they are numbers.
    let numbers = filled.map { Double($0.trimmed) }
    if numbers.allSatisfy({ $0 != nil }),
      filled.isEmpty || numbers.contains(where: { $0?.isFinite == true })
    {
      return cells.map { cell in Double(cell.trimmed).map { .number($0) } ?? .null }
    }
    return cells.map { $0.isEmpty ? .null : .text($0) }
  }

  /// A column; setting one that is new adds it.
  ///
  /// What is set is as long as the table: what lacks is missing, what is too much falls away.
  subscript(name: String) -> [Datum]? {
    get { names.firstIndex(of: name).map { columns[$0] } }
    set {
      guard var newValue else { return }
      if newValue.count > rowCount { newValue.removeLast(newValue.count - rowCount) }
      newValue += Array(repeating: .null, count: rowCount - newValue.count)
      if let index = names.firstIndex(of: name) {
        columns[index] = newValue
      } else {
        names.append(name)
        columns.append(newValue)
      }
    }
  }

  /// A column that must be there.
  func column(_ name: String, _ place: String) throws(VegaLiteError) -> [Datum] {
    if let column = self[name] ?? self[name.replacing("\\.", with: ".")] { return column }
    // Of no row nothing can be said, not even what columns a transform would have made.
    if rowCount == 0 { return [] }
    throw VegaLiteError(
      place, "\(source) has no column “\(name.prefix(60))”", stranger: name, known: names)
  }

  /// A row, cell by cell in the order of ``names``.
  public func row(_ index: Int) -> [Datum] { columns.map { $0[index] } }

  /// The table with a text in each row of a column.
  public func with(_ name: String, _ text: String) -> DataTable {
    var result = self
    result[name] = [Datum](repeating: .text(text), count: rowCount)
    return result
  }

  /// The table with the number of each row in a column, from 1.
  public func numbered(_ name: String) -> DataTable {
    var result = self
    result[name] = (0..<rowCount).map { .number(Double($0 + 1)) }
    return result
  }

  /// Some of the rows, in the order given.
  func selecting(_ rows: [Int]) -> DataTable {
    var result = DataTable(source: source, rowCount: rows.count)
    result.names = names
    result.columns = columns.map { column in rows.map { column[$0] } }
    return result
  }

  /// The rows of each combination of values, by first appearance.
  func groups(_ fields: [String], _ place: String) throws(VegaLiteError) -> [[Int]] {
    guard !fields.isEmpty else { return rowCount == 0 ? [] : [Array(0..<rowCount)] }
    var keys = [String](repeating: "", count: rowCount)
    // Revisions that a transform has put together are one.
    for field in fields where field != Specification.revision || self[field] != nil {
      for (row, value) in try column(field, place).enumerated() {
        keys[row] += value.key + "\u{1e}"
      }
    }
    var places: [String: Int] = [:]
    var groups: [[Int]] = []
    for (row, key) in keys.enumerated() {
      if let place = places[key] {
        groups[place].append(row)
      } else {
        places[key] = groups.count
        groups.append([row])
      }
    }
    return groups
  }

  /// One row for each group of rows, with what these share.
  func shared(
    _ fields: [String], by groups: [[Int]], _ place: String
  ) throws(VegaLiteError) -> DataTable {
    var result = DataTable(source: source, rowCount: groups.count)
    for name in fields {
      let column = try column(name, place)
      result[name] = groups.map { column[$0[0]] }
    }
    return result
  }

  /// The tables below one another; a column that one of them lacks is missing there.
  public static func joined(_ tables: [DataTable]) -> DataTable {
    var result = DataTable(
      source: tables.first?.source ?? "", rowCount: tables.reduce(0) { $0 + $1.rowCount })
    for name in tables.flatMap(\.names) where result[name] == nil {
      result[name] = tables.flatMap { table in
        table[name] ?? [Datum](repeating: .null, count: table.rowCount)
      }
    }
    return result
  }

  /// Refuses more rows than can be worked with.
  func checkSize(_ place: String) throws(VegaLiteError) {
    guard rowCount > Self.mostRows else { return }
    throw VegaLiteError(
      place, "makes \(rowCount) rows; a chart is made of at most \(Self.mostRows)")
  }
}
