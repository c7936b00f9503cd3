/// A name that is none, with what was probably meant.
struct UnknownName {
  let kind: String
  let name: String
  let known: [String]

  /// For example `no stage is named “trian”; did you mean “train”?`.
  var description: String {
    let head = "no \(kind) is named “\(name.shown)”"
    if let meant = nearest { return "\(head); did you mean “\(meant.shown)”?" }
    return "\(head); there are: \(known.map(\.shown).joined(separator: ", "))"
  }

  /// The known name within two changed, added, missing or swapped characters, the first of the nearest.
  var nearest: String? {
    let distances = known.map { (name: $0, distance: Self.distance(Array(name), Array($0))) }
    guard let best = distances.min(by: { $0.distance < $1.distance }),
      best.distance <= min(2, max(1, name.count - 1))
    else { return nil }
    return best.name
  }

  /// The optimal string alignment distance: Levenshtein's, where a swap of neighbours costs one.
  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
    guard one.count <= 64, other.count <= 64 else { return .max }
    var rows = [Array(0...other.count)]
    for (i, character) in one.enumerated() {
      var row = [i + 1]
      for (j, candidate) in other.enumerated() {
        var cost = min(
          rows[i][j] + (character == candidate ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, character == other[j - 1], one[i - 1] == candidate {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[one.count][other.count]
  }
}
