/// The lines by which one text differs from another, as few as possible.
struct LineDifference: Hashable {
  /// The state of a line.
  enum Change: String, Hashable {
    case same
    case removed
    case added
  }

  struct Line: Hashable {
    var change: Change
    var text: String
  }

  /// All lines of both texts, those that are in both once.
  var lines: [Line]

  /// The most lines of the middle parts that are compared: the table has their product of places.
  static let limit = 1500

  /// Compares by the longest common subsequence, after the lines that are the same at both ends.
  init(from old: String, to new: String) {
    let (old, new) = (Self.split(old), Self.split(new))
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    { end += 1 }
    let middle = Self.middle(
      Array(old[start..<old.count - end]), Array(new[start..<new.count - end]))
    lines =
      old[..<start].map { Line(change: .same, text: $0) } + middle
      + old[(old.count - end)...].map { Line(change: .same, text: $0) }
  }

  /// The numbers of added and removed lines.
  var counts: (added: Int, removed: Int) {
    (lines.count { $0.change == .added }, lines.count { $0.change == .removed })
  }

  /// The lines that changed with `context` lines around them; `nil` if lines were left out.
  func excerpt(context: Int = 3) -> [Line?] {
    var near = [Bool](repeating: false, count: lines.count)
    for (index, line) in lines.enumerated() where line.change != .same {
      for place in max(0, index - context)...min(lines.count - 1, index + context) {
        near[place] = true
      }
    }
    var result: [Line?] = []
    for (index, line) in lines.enumerated() {
      if near[index] {
        result.append(line)
      } else if index == 0 || near[index - 1] {
        result.append(nil)
      }
    }
    return result
  }

  /// The lines of a text, whatever ends them, without an empty one at the end.
  static func split(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(String.init)
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  private static func middle(_ old: [String], _ new: [String]) -> [Line] {
    let removed = old.map { Line(change: .removed, text: $0) }
    let added = new.map { Line(change: .added, text: $0) }
    guard !old.isEmpty, !new.isEmpty, old.count <= limit, new.count <= limit else {
      return removed + added
    }
    let width = new.count + 1
    var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
    for row in old.indices.reversed() {
      for column in new.indices.reversed() {
        lengths[row * width + column] =
          old[row] == new[column]
          ? lengths[(row + 1) * width + column + 1] + 1
          : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
      }
    }
    var lines: [Line] = []
    var (row, column) = (0, 0)
    while row < old.count, column < new.count {
      if old[row] == new[column] {
        lines.append(Line(change: .same, text: old[row]))
        (row, column) = (row + 1, column + 1)
      } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
        lines.append(removed[row])
        row += 1
      } else {
        lines.append(added[column])
        column += 1
      }
    }
    return lines + removed[row...] + added[column...]
  }
}
