/// The settings by whose values the curves of runs can be drawn as one: mean, least and greatest.
struct Groupings {
  struct GroupName {
    var place: Int
    var axisName: String
  }

  /// More values than there are colours make no groups to look at.
  static let valueLimit = 8
  private static let settingLimit = 30

  var groupNames: [GroupName]
  /// The group of each run for each setting, and what the groups are called.
  var groupData: String

  /// `nil` where no setting puts two runs together and others apart.
  init?(_ comparison: Comparison) {
    let differing = comparison.settings.filter(\.differs)
    let names = RunLabels.shortNames(differing.map(\.name))
    let found = zip(names, differing).filter { _, row in
      (2...Self.valueLimit).contains(Set(row.values).count)
        && Set(row.values).count < row.values.count
    }.prefix(Self.settingLimit)
    guard !found.isEmpty else { return nil }
    groupNames = found.enumerated().map { GroupName(place: $0, axisName: $1.0) }
    groupData =
      JSONText.array(
        found.map { name, row in
          var values: [String?] = []
          let places = row.values.map { value -> Int in
            if let place = values.firstIndex(of: value) { return place }
            values.append(value)
            return values.count - 1
          }
          return .object([
            "runs": .array(places.map { .integer($0) }),
            "names": .array(
              values.map { .string("\(HTMLText.visible(name))=\(HTMLText.visible($0 ?? "–"))") }),
          ])
        }
      ).text
  }
}
