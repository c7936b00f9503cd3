/// What a random forest finds of the settings behind each metric, and whether that is more than chance.
struct ForestEffects {
  /// What one forest found.
  struct Finding {
    /// The runs that it learned from.
    var runCount: Int
    /// See ``RandomForest/explained``.
    var explained: Double
    /// By the name of the setting; none for one that cannot part these runs.
    var importances: [String: Double]

    /// The most that pure noise explains nineteen times in twenty.
    ///
    /// Measured over 200 forests each on settings that had nothing to do with the number: the 95th
    /// percentile was 0.14 to 0.20 with ten to twelve runs, 0.06 to 0.09 with 20, 0.04 with 30, below 0
    /// with 50.
    var chance: Double { 2 / Double(runCount) }
    var isMoreThanChance: Bool { explained > chance }
  }

  /// The fewest runs that a forest learns from.
  ///
  /// With eight of them noise explains more than a fifth once in twenty times and a setting that decides
  /// nearly everything is overlooked one time in five; with ten that happens one time in fifty.
  static let leastRuns = 10
  private static let settingLimit = 20

  var metrics: [Comparison.MetricRow]
  /// For each metric; none where too few runs have it or it is always the same.
  var findings: [Finding?]
  /// Settings by the share of the first metric that a forest explains, the greatest first.
  var names: [String]
  let runCount: Int

  /// Grows a forest for each metric.
  init(_ comparison: Comparison, metrics: [Comparison.MetricRow]) {
    let differing = comparison.settings.filter(\.differs)
    let settings = zip(RunLabels.shortNames(differing.map(\.name)), differing).map {
      (name: $0, values: $1.values)
    }
    self.metrics = metrics
    runCount = comparison.runs.count
    findings = metrics.map { Self.finding(settings, on: $0.values.map { $0?.last }) }
    let first = findings.lazy.compactMap { $0 }.first(where: \.isMoreThanChance)?.importances ?? [:]
    let weight = { (place: Int) in first[settings[place].name] ?? -.infinity }
    let order = settings.indices.sorted { (weight($1), $0) < (weight($0), $1) }
    names = order.prefix(Self.settingLimit).map { settings[$0].name }
  }

  /// Grows the forest of one metric over the runs that have it.
  static func finding(
    _ settings: [(name: String, values: [String?])], on metric: [Double?],
    trees: Int = RandomForest.treeCount
  ) -> Finding? {
    let runs = metric.indices.filter { metric[$0]?.isFinite ?? false }
    guard runs.count >= leastRuns else { return nil }
    // Neither the order of runs nor that of settings, which comes from it, may show in a number.
    let sorted = settings.sorted { $0.name < $1.name }
    let found = sorted.compactMap { name, values in
      feature(runs.map { values[$0] }).map { (name: name, feature: $0) }
    }
    guard !found.isEmpty,
      let forest = RandomForest(
        features: found.map(\.feature), targets: runs.compactMap { metric[$0] }, trees: trees)
    else { return nil }
    return Finding(
      runCount: runs.count, explained: forest.explained,
      importances: Dictionary(
        zip(found.map(\.name), forest.importances), uniquingKeysWith: { first, _ in first }))
  }

  /// Numbers by their rank, anything else by its text; a run without the setting has a level before all.
  ///
  /// - Returns: `nil` for a setting that does not vary, or of which each run has a text of its own.
  static func feature(_ values: [String?]) -> RegressionTree.Feature? {
    let numbers = values.map { $0.flatMap(Double.init) }
    if zip(values, numbers).allSatisfy({ $0 == nil || $1?.isFinite == true }) {
      return feature(numbers, isOrdered: true)
    }
    let feature = feature(values, isOrdered: false)
    return feature.flatMap { $0.levelCount < values.count ? $0 : nil }
  }

  private static func feature<Value: Comparable & Hashable>(
    _ values: [Value?], isOrdered: Bool
  ) -> RegressionTree.Feature? {
    let known = Set(values.compactMap { $0 }).sorted()
    let first = values.contains(nil) ? 1 : 0
    guard known.count + first > 1 else { return nil }
    let levels = Dictionary(uniqueKeysWithValues: zip(known, known.indices))
    return RegressionTree.Feature(
      levels: values.map { value in value.flatMap { levels[$0] }.map { $0 + first } ?? 0 },
      levelCount: known.count + first, isOrdered: isOrdered)
  }
}
