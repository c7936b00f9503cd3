/// What the template `index` shows.
struct IndexPageView {
  struct Named {
    var name: String
    var value: String
  }

  struct IndexRow {
    var title: String
    var specName: String
    var id: String
    /// The run's page, where its path is a plain one.
    var page: String?
    var statusClass: String
    var statusLabel: String
    var statusReason: String?
    var startedAt: String
    var seconds: String
    var duration: String
    var stages: String
    var metricCells: [MetricCell]
    var settings: String
    var tags: [String]
    var note: String?
  }

  struct MetricCell {
    var text: String
    var value: String
    var isBest: Bool
  }

  struct MetricColumn {
    var name: String
  }

  /// The most columns of metrics: those that most runs have.
  static let metricLimit = 6

  var title: String
  var eyebrow: String
  var numbers: [Named]
  var metricColumns: [MetricColumn]
  var rows: [IndexRow]
  var isEmpty: Bool
  var contents: [ContentsEntry] = []

  init(_ model: IndexReportModel) {
    title = model.title
    eyebrow = "Store · \(Text.counted(model.runs.count, "run"))"
    let metrics = Self.metrics(model.runs)
    metricColumns = metrics.map { MetricColumn(name: $0.name) }
    let best = metrics.map { Self.best($0, in: model.runs) }
    let varied = Self.variedPaths(model.runs)
    rows = model.runs.enumerated().map { index, run in
      Self.row(run, metrics.map(\.name), best: best.map { $0.contains(index) }, varied: varied)
    }
    isEmpty = rows.isEmpty
    numbers = [
      ("Succeeded", model.runs.count { $0.status == .succeeded }),
      ("Failed", model.runs.count { if case .failed = $0.status { true } else { false } }),
      (
        "Interrupted", model.runs.count { if case .interrupted = $0.status { true } else { false } }
      ),
      ("Specs", Set(model.runs.map(\.specName)).count),
    ].map { Named(name: $0.0, value: NumberText.count($0.1)) }
  }

  /// The metrics that most runs have, by first appearance.
  private static func metrics(_ runs: [IndexReportModel.Run]) -> [Metric] {
    var found: [(metric: Metric, count: Int)] = []
    for metric in runs.flatMap(\.metrics) {
      if let index = found.firstIndex(where: { $0.metric.name == metric.name }) {
        found[index].count += 1
      } else {
        found.append((metric, 1))
      }
    }
    let ranked = found.indices.sorted { (found[$1].count, $0) < (found[$0].count, $1) }
    return ranked.prefix(metricLimit).sorted().map { found[$0].metric }
  }

  /// The best run of each spec: a number compares with those of the same spec only.
  private static func best(_ metric: Metric, in runs: [IndexReportModel.Run]) -> Set<Int> {
    var best: Set<Int> = []
    for spec in Set(runs.map(\.specName)) {
      let values = runs.map { run in
        run.specName == spec
          ? run.metrics.first { $0.name == metric.name }?.value ?? .nan : Double.nan
      }
      if let index = LearningCurves.best(of: values, goal: metric.goal) { best.insert(index) }
    }
    return best
  }

  /// For each spec the settings in which its runs are not all alike: those tell runs apart.
  private static func variedPaths(_ runs: [IndexReportModel.Run]) -> [String: Set<String>] {
    var varied: [String: Set<String>] = [:]
    for (spec, group) in Dictionary(grouping: runs, by: \.specName) {
      var values: [String: Set<String>] = [:]
      var counts: [String: Int] = [:]
      for setting in group.flatMap(\.settings) {
        values[setting.path, default: []].insert(setting.value)
        counts[setting.path, default: 0] += 1
      }
      varied[spec] = Set(
        values.keys.filter { values[$0]?.count != 1 || counts[$0] != group.count })
    }
    return varied
  }

  private static func row(
    _ run: IndexReportModel.Run, _ metrics: [String], best: [Bool], varied: [String: Set<String>]
  ) -> IndexRow {
    let status = StatusView(run.status)
    let states = RunFacts.StageState.allCases.compactMap { state -> String? in
      let count = run.stages.count { $0.state == state }
      return count > 0 ? "\(count) \(state.rawValue)" : nil
    }
    return IndexRow(
      title: run.title, specName: run.specName, id: run.id,
      page: run.page.flatMap { isPlain($0) ? $0 : nil }, statusClass: status.name,
      statusLabel: status.label, statusReason: status.reason, startedAt: run.startedAt,
      seconds: NumberText.exact(run.seconds), duration: NumberText.duration(run.seconds),
      stages: states.joined(separator: ", "),
      metricCells: zip(metrics, best).map { name, isBest in
        let value = run.metrics.first { $0.name == name }?.value
        return MetricCell(
          text: value.map { NumberText.metric($0, named: name) } ?? "–",
          value: value.map(NumberText.exact) ?? "", isBest: isBest)
      },
      settings: settings(run, varied[run.specName] ?? []), tags: run.tags,
      note: run.note?.nonEmpty)
  }

  private static func settings(_ run: IndexReportModel.Run, _ varied: Set<String>) -> String {
    let names = RunLabels.shortNames(varied.sorted())
    let short = Dictionary(uniqueKeysWithValues: zip(varied.sorted(), names))
    return run.settings.compactMap { setting in
      short[setting.path].map { "\($0)=\(setting.value)" }
    }.joined(separator: " ")
  }

  /// Whether a path is relative, goes nowhere up, and holds no character of a URL's grammar.
  static func isPlain(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !parts.isEmpty
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".."
          && part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
              UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
              UInt8(ascii: "-"):
              true
            default: false
            }
          }
      }
  }
}
