/// What is read of a Vega-Lite specification: a mark over two columns, one of them perhaps counted, and a
/// column of colours.
///
/// A specification is data here. Nothing of it runs, and what is not understood is refused, never left out:
/// a chart that silently lacks its filter would lie.
struct PlotTemplate {
  enum Mark: String, CaseIterable {
    case line
    case point
    case circle
    case square
    case bar

    var isPoint: Bool { self != .line && self != .bar }
  }

  /// What is made of all values that stand at one place.
  enum Aggregate: String, CaseIterable {
    case count
    case mean
    case average
    case median
    case sum
    case min
    case max
  }

  struct Channel {
    /// The column; none for a count, and for the number of the row.
    var column: String?
    var isNumber: Bool
    var aggregate: Aggregate?
    /// Into how many equal parts values are put.
    var bins: Int?
    var title: String?
    /// Whether bars stand by their length, the longest first.
    var isSortedByLength = false

    /// The words on the axis.
    var name: String {
      title
        ?? [aggregate.map { $0 == .count ? "count" : "\($0.rawValue) of" }, column]
        .compactMap { $0 }.joined(separator: " ")
    }
  }

  /// The file, for messages.
  let source: String
  var mark: Mark
  var x: Channel
  var y: Channel
  /// The column whose texts part the rows into groups.
  var color: String?
  var title: String?
}
