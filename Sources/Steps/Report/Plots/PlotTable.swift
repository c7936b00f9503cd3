internal import Pipeline
internal import PipelineSpec

/// The columns of a file that a stage wrote: every cell a text until it is needed as a number.
struct PlotTable {
  /// The largest file that is read.
  static let largestFile = 16_000_000
  static let mostRows = 200_000
  static let mostColumns = 512

  /// The output that it was read from, for messages.
  let source: String
  let columns: [String]
  /// Each with a cell for each column.
  let rows: [[String]]

  /// Reads a file by the ending of its name.
  ///
  /// - Throws: ``StepFailure`` that names the file and the line.
  init(_ bytes: [UInt8], source: String) throws(StepFailure) {
    guard bytes.count <= Self.largestFile else {
      throw StepFailure(
        .malformedData,
        "\(source) has \(bytes.count) bytes; a plot reads at most \(Self.largestFile): let the stage "
          + "write a smaller table")
    }
    let file = source.split(separator: "/").last.map(String.init) ?? source
    switch file.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased() {
    case "csv": try self.init(delimited: bytes, by: UInt8(ascii: ","), source: source)
    case "tsv": try self.init(delimited: bytes, by: UInt8(ascii: "\t"), source: source)
    case "json": try self.init(json: bytes, source: source)
    case "yaml", "yml": try self.init(yaml: bytes, source: source)
    case "jsonl", "ndjson": try self.init(jsonLines: bytes, source: source)
    default:
      throw StepFailure(
        .invalidSpec,
        "\(source) has no file name extension of a table; a plot reads .csv, .tsv, .json, .jsonl, .ndjson, .yaml "
          + "and .yml")
    }
  }

  /// Takes rows that are as long as the columns are many.
  init(columns: [String], rows: [[String]], source: String) throws(StepFailure) {
    guard columns.count <= Self.mostColumns, rows.count <= Self.mostRows else {
      throw StepFailure(
        .malformedData,
        "\(source) has \(rows.count) rows of \(columns.count) columns; a plot reads at most "
          + "\(Self.mostRows) of \(Self.mostColumns): let the stage write a smaller table")
    }
    self.columns = columns
    self.rows = rows
    self.source = source
  }

  /// The place of a column.
  ///
  /// - Throws: ``StepFailure`` that names the columns there are.
  func index(of column: String) throws(StepFailure) -> Int {
    if let index = columns.firstIndex(of: column) { return index }
    let hint = Suggestion.nearest(to: column, among: columns).map { "; did you mean “\($0)”?" }
    let known = columns.prefix(12).joined(separator: ", ") + (columns.count > 12 ? ", …" : "")
    throw StepFailure(
      .invalidSpec,
      "\(source) has no column “\(column)”" + (hint ?? "")
        + " It has: \(known.isEmpty ? "none" : known)")
  }

  func texts(_ column: String) throws(StepFailure) -> [String] {
    let index = try index(of: column)
    return rows.map { $0[index] }
  }

  /// A column as numbers; an empty cell is NaN, which leaves a gap.
  ///
  /// - Throws: ``StepFailure`` that names the first row which holds something else.
  func numbers(_ column: String) throws(StepFailure) -> [Double] {
    let index = try index(of: column)
    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count)
    for (place, row) in rows.enumerated() {
      let text = row[index].split(separator: " ").joined(separator: " ")
      guard let number = text.isEmpty ? .nan : Double(text) else {
        throw StepFailure(
          .malformedData,
          "\(source) holds “\(row[index].prefix(40))” in column “\(column)”, row \(place + 1); "
            + "a plot needs a number or an empty cell there")
      }
      numbers.append(number)
    }
    return numbers
  }
}
