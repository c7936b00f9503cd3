internal import ContentAddressing

/// The settings by whose values the curves of runs can be drawn as one: mean, least and greatest.
struct Groupings {
  /// The largest number of groups: one per colour.
  private static let valueLimit = 8
  private static let settingLimit = 30

  private let settings: ArraySlice<(name: String, row: Comparison.Row)>

  /// `nil` if no setting puts two runs together and others apart.
  init?(_ comparison: Comparison) {
    let differing = comparison.settings.filter(\.differs)
    let names = RunLabels.shortNames(differing.map(\.name))
    settings = zip(names, differing).map { (name: $0, row: $1) }.filter { setting in
      (2...Self.valueLimit).contains(Set(setting.row.values).count)
        && Set(setting.row.values).count < setting.row.values.count
    }.prefix(Self.settingLimit)
    if settings.isEmpty { return nil }
  }

  var names: [String] { settings.map(\.name) }

  /// The group of each run for each setting, and what the groups are called.
  var data: CanonicalValue {
    .array(
      settings.map { name, row in
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
      })
  }
}
