/// The confusion matrix and the per-class table, as the template shows them.
struct ConfusionView {
  struct MatrixRow {
    var rowName: String
    var matrixCells: [MatrixCell]
  }

  struct MatrixCell {
    var shade: String
    var pair: String
    var count: String
    var share: String
    /// Where the samples of the cell are.
    var link: String?
    /// What a screen reader says of the link.
    var label: String
  }

  /// The largest number of classes that a table of cells can show.
  static let tableLimit = 20

  var summary: String
  var isTable: Bool
  var hasLinks: Bool
  var names: [String]
  var matrixRows: [MatrixRow]
  /// The matrix as a picture, where a table would be too large.
  var map: String
  var confused: TableView?
  var scores: TableView

  init(_ classification: Classification) {
    let matrix = classification.confusion
    summary = Self.summary(classification)
    isTable = matrix.classNames.count <= Self.tableLimit
    names = isTable ? matrix.classNames : []
    let links = Self.links(classification.worstSamples)
    hasLinks = !links.isEmpty
    matrixRows =
      isTable
      ? matrix.classNames.indices.map { Self.row($0, matrix, links: links) } : []
    map = isTable ? "" : ConfusionMap(matrix: matrix).svg().text
    confused = isTable ? nil : Self.confusions(matrix)
    scores = ScoreTable(classification.classScores).view
  }

  private static func summary(_ classification: Classification) -> String {
    let matrix = classification.confusion
    let wrong = matrix.total - matrix.correct
    let base =
      "\(NumberText.count(matrix.correct)) of \(NumberText.count(matrix.total)) "
      + "\(classification.split) samples are right, \(NumberText.count(wrong)) wrong."
    guard let worst = pairs(matrix).first else { return base }
    return base + " Most often \(matrix.classNames[worst.row]) is taken for "
      + "\(matrix.classNames[worst.column]): \(Text.counted(worst.count, "time"))."
  }

  /// The first of the worst samples of each pair of classes, by its anchor.
  private static func links(_ samples: [ClassifiedSample]) -> [String: String] {
    var links: [String: String] = [:]
    for (index, sample) in samples.enumerated() {
      let pair = SamplesView.pair(sample)
      if links[pair] == nil { links[pair] = "#" + SamplesView.anchor(index) }
    }
    return links
  }

  static func row(_ row: Int, _ matrix: ConfusionMatrix, links: [String: String])
    -> MatrixRow
  {
    let total = matrix.counts[row].reduce(0, +)
    let cells = matrix.counts[row].enumerated().map { column, count in
      let share = total == 0 ? 0 : Double(count) / Double(total)
      let pair = "\(row)-\(column)"
      return MatrixCell(
        shade: shade(share, isHit: row == column), pair: pair, count: NumberText.count(count),
        share: count == 0 ? "0" : NumberText.percent(share, decimals: share < 0.0995 ? 1 : 0),
        link: count == 0 ? nil : links[pair],
        label: "\(NumberText.count(count)) of \(matrix.classNames[row]) taken for "
          + "\(matrix.classNames[column]): show samples")
    }
    return MatrixRow(rowName: matrix.classNames[row], matrixCells: cells)
  }

  /// The class of a cell's shade: ten depths by the square root of the share.
  static func shade(_ share: Double, isHit: Bool) -> String {
    guard share > 0 else { return "zero" }
    let depth = min(max(Int((share.squareRoot() * 10).rounded(.up)), 1), 10)
    return (isHit ? "hit" : "miss") + String(depth)
  }

  /// Pairs of classes that are confused, the most frequent first.
  static func pairs(_ matrix: ConfusionMatrix) -> [(row: Int, column: Int, count: Int)] {
    var pairs: [(row: Int, column: Int, count: Int)] = []
    for row in matrix.counts.indices {
      for column in matrix.counts[row].indices
      where row != column && matrix.counts[row][column] > 0 {
        pairs.append((row, column, matrix.counts[row][column]))
      }
    }
    return pairs.sorted { ($1.count, $0.row, $0.column) < ($0.count, $1.row, $1.column) }
  }

  private static func confusions(_ matrix: ConfusionMatrix) -> TableView {
    TableView(
      tableName: "Most frequent confusions",
      columns: [
        .init(name: "True"), .init(name: "Predicted"), .init(name: "Samples", isNumber: true),
      ],
      rows: pairs(matrix).prefix(25).map {
        TableView.Row(cells: [
          .head(matrix.classNames[$0.row]), .init(text: matrix.classNames[$0.column]),
          .number(NumberText.count($0.count)),
        ])
      })
  }
}
