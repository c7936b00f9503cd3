/// Finds room for the names at the ends of lines.
enum EndLabels {
  struct Label {
    var text: String
    var style: Int
    /// Pixels from the top.
    var y: Double
    var isImportant: Bool
    /// Which line of the chart.
    var line: Int
  }

  /// The distance between the lines of type.
  static let pitch = 15.0

  /// Moves labels apart; if not all fit, keeps the important ones and then those that fit.
  static func arrange(_ labels: [Label], height: Double) -> [Label] {
    let capacity = Int(height / pitch) + 1
    var chosen = labels.enumerated().map { $0 }
    if chosen.count > capacity {
      var kept: [(offset: Int, element: Label)] = []
      let byRank = chosen.sorted {
        $0.element.isImportant != $1.element.isImportant
          ? $0.element.isImportant : $0.offset < $1.offset
      }
      for candidate in byRank where kept.allSatisfy({ abs($0.1.y - candidate.1.y) >= pitch }) {
        kept.append(candidate)
      }
      chosen = kept
    }
    chosen.sort { ($0.element.y, $0.offset) < ($1.element.y, $1.offset) }
    var placed = chosen.map(\.element)
    guard !placed.isEmpty else { return [] }
    // Down until none touches the one above, then up from the bottom until none leaves the field.
    for index in placed.indices.dropFirst() {
      placed[index].y = max(placed[index].y, placed[index - 1].y + pitch)
    }
    placed[placed.count - 1].y = min(placed[placed.count - 1].y, height)
    for index in placed.indices.dropLast().reversed() {
      placed[index].y = min(placed[index].y, placed[index + 1].y - pitch)
    }
    return placed
  }
}
