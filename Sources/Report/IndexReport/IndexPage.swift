/// The page over all runs of a store: its numbers, and a table to sort and to search.
struct IndexPage {
  /// The most columns of metrics: those that most runs have.
  private static let metricLimit = 6

  private let model: IndexReportModel
  private let metrics: [Metric]
  /// For each metric the runs that are the best of their spec.
  private let best: [Set<Int>]
  private let varied: [String: Set<String>]

  init(_ model: IndexReportModel) {
    self.model = model
    metrics = Self.metrics(model.runs)
    best = metrics.map { Self.best($0, in: model.runs) }
    varied = Self.variedPaths(model.runs)
  }

  var body: Markup {
    let section = section
    return Markup { page in
      page.element("header", ["class": "hero"]) { hero in
        hero.element(
          "p", ["class": "eyebrow"], text: "Store · \(Text.counted(model.runs.count, "run"))")
        hero.element("h1", text: model.title)
        hero.element("div", ["class": "headline solo"]) {
          $0.element("dl", ["class": "numbers"]) { $0.numbers(numbers) }
        }
      }
      PageSection.writeContents(of: [section], to: &page)
      page.element("main", ["id": "main"], section.write)
    }
  }

  private var numbers: [(name: String, value: String)] {
    [
      ("Succeeded", model.runs.count { $0.status == .succeeded }),
      ("Failed", model.runs.count { if case .failed = $0.status { true } else { false } }),
      (
        "Interrupted", model.runs.count { if case .interrupted = $0.status { true } else { false } }
      ),
      ("Specs", Set(model.runs.map(\.specName)).count),
    ].map { ($0.0, NumberText.count($0.1)) }
  }

  private var section: PageSection {
    let isEmpty = model.runs.isEmpty
    return PageSection(
      "runs", entry: "Runs", heading: "Runs",
      note: isEmpty ? "This store has no runs yet; pipeline run creates the first." : nil,
      tools: isEmpty
        ? nil : { header in header.tools { $0.search("Find runs", in: "index-table") } }
    ) { section in
      guard !isEmpty else { return }
      section.scrolling("All runs") { region in
        region.element(
          "table", ["class": "sticky", "id": "index-table", "data-sortable": "yes"]
        ) { table in
          table.element("thead") { $0.element("tr", [:], writeHead) }
          table.element("tbody") { body in
            for index in model.runs.indices { body.element("tr") { write(index, to: &$0) } }
          }
        }
      }
    }
  }

  private func writeHead(to line: inout MarkupWriter) {
    for name in ["Run", "Spec", "State", "Started"] {
      line.element("th", ["scope": "col"], text: name)
    }
    for name in ["Time"] + metrics.map(\.name) {
      line.element("th", ["scope": "col", "class": "num"], text: name)
    }
    for name in ["Stages", "Settings"] { line.element("th", ["scope": "col"], text: name) }
  }

  private func write(_ index: Int, to line: inout MarkupWriter) {
    let run = model.runs[index]
    let status = StatusWords(run.status)
    line.element("th", ["scope": "row"]) { head in
      if let page = run.page, Self.isPlain(page) {
        head.element("a", ["href": page], text: run.title)
      } else {
        head.write(run.title)
      }
      for tag in run.tags {
        head.write(" ")
        head.element("span", ["class": "chip"], text: tag)
      }
      head.element("span", ["class": "sub mono"], text: run.id)
      if let note = run.note?.nonEmpty {
        head.element("span", ["class": "run-note"], text: note)
      }
    }
    line.element("td", ["class": "nowrap"], text: run.specName)
    line.element("td") { cell in
      cell.element("span", ["class": "pill \(status.look)"], text: status.label)
      if let reason = status.reason { cell.element("span", ["class": "reason"], text: reason) }
    }
    line.element("td", ["class": "nowrap"], text: run.startedAt)
    line.element(
      "td", ["class": "num", "data-v": NumberText.exact(run.seconds)],
      text: NumberText.duration(run.seconds))
    for (metric, best) in zip(metrics, best) {
      let value = run.metrics.first { $0.name == metric.name }?.value
      line.element(
        "td",
        [
          "class": best.contains(index) ? "num best" : "num",
          "data-v": value.map(NumberText.exact) ?? "none",
        ], text: value.map { NumberText.metric($0, named: metric.name) } ?? "–")
    }
    line.element("td", ["class": "nowrap"], text: Self.states(run))
    line.element("td") {
      $0.element(
        "span", ["class": "mono settings-line"],
        text: Self.settings(run, varied[run.specName] ?? []))
    }
  }

  /// How many stages ended in which way.
  private static func states(_ run: IndexReportModel.Run) -> String {
    RunFacts.StageState.allCases.compactMap { state -> String? in
      let count = run.stages.count { $0.state == state }
      return count > 0 ? "\(count) \(state.rawValue)" : nil
    }.joined(separator: ", ")
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

  /// For each spec the settings in which its runs differ.
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
