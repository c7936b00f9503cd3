/// What was true of one run only: sections that ``RunPage`` puts behind those of the results.
struct FactsSections {
  let facts: RunFacts

  /// The most lines of a log that the page holds: those of its beginning and of its end.
  private static let logLimit = 2000

  var sections: [PageSection] {
    [stages, environment, log, specification].compactMap { section in
      section.map {
        var folded = $0
        folded.isFolded = true
        return folded
      }
    }
  }

  private var stages: PageSection {
    PageSection(
      "run", entry: "This run", heading: "Stages of this run",
      note: "Facts about this run only; they do not affect results."
    ) { section in
      if let times = RunTimes.data(of: [facts.times]) { section.json(times, id: "run-times") }
      section.element("div", ["class": "pair"]) { pair in
        pair.element("div", [:], stageTable.write)
        if facts.samplesPerSecond.count > 1 { throughput.write(to: &pair) }
      }
    }
  }

  private var stageTable: TableView {
    let longest = facts.stages.map(\.seconds).max() ?? 0
    return TableView(
      name: "Stages of this run",
      columns: [
        .init(name: "Stage"), .init(name: "State"), .init(name: "Time", isNumber: true),
      ],
      rows: facts.stages.map { stage in
        [
          .head(stage.name), .pill(stage.state.rawValue, stage.state.look),
          .number(
            NumberText.duration(stage.seconds), bar: longest > 0 ? stage.seconds / longest : 0),
        ]
      },
      footer: [
        [.head("Whole run"), .init(text: ""), .number(NumberText.duration(facts.seconds))]
      ], isSortable: true)
  }

  private var throughput: ChartView {
    let curve = Curve(
      name: "throughput", goal: .maximize,
      series: [
        CurveSeries(name: "samples/s", values: facts.samplesPerSecond, from: facts.firstEpoch)
      ])
    var chart = CurveChart(id: "throughput", curve: curve)
    chart.mayBeResumed = true
    chart.note = "Training samples a second, epoch by epoch, validation included."
    return chart.view
  }

  private var environment: PageSection? {
    let entries =
      (facts.command.map { [Fact(name: "Command", value: $0)] } ?? []) + facts.environment
    guard !entries.isEmpty else { return nil }
    let table = TableView(
      name: "Environment", columns: [.init(name: "What"), .init(name: "Value")],
      rows: entries.map { [.head($0.name), .init(text: $0.value, look: "long")] })
    return PageSection(
      "environment", entry: "Environment", heading: "Environment", body: table.write)
  }

  private var log: PageSection? {
    let lines = facts.log
    guard !lines.isEmpty else { return nil }
    var shown = lines
    if lines.count > Self.logLimit {
      let half = Self.logLimit / 2
      let hidden = NumberText.count(lines.count - Self.logLimit)
      shown = lines.prefix(half) + ["… \(hidden) lines, see: pipeline logs …"] + lines.suffix(half)
    }
    return PageSection(
      "log", entry: "Log", heading: "Log", note: Text.counted(lines.count, "event") + "."
    ) { $0.lines(shown.map { ("", $0) }, name: "Log of the run") }
  }

  private var specification: PageSection? {
    guard let text = facts.specification?.nonEmpty else { return nil }
    let lines = LineDifference.split(text)
    return PageSection(
      "spec", entry: "Spec", heading: "Spec", note: "The spec as of the start of the run."
    ) { $0.lines(lines.map { ("", $0) }, name: "Spec of the run") }
  }
}

extension RunFacts.StageState {
  /// The class of its colour: a stage that was stopped has that of a run that was interrupted.
  fileprivate var look: String { self == .stopped ? "interrupted" : rawValue }
}
