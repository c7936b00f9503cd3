/// What was true of one run only, as the template shows it.
struct FactsView {
  var stageTimes: TableView
  /// Throughput.
  var charts: [ChartView]
  var hasCharts: Bool
  var environment: TableView
  var log: TextView?
  var specification: TextView?
  var timesData: String?

  /// A long text, folded away where it would push everything else off the page.
  struct TextView {
    var textLabel: String
    var lines: [String]
    var isOpen: Bool
  }

  /// The most lines of a log that the page holds: those of its beginning and of its end.
  static let logLimit = 2000

  init(_ facts: RunFacts) {
    let longest = facts.stages.map(\.seconds).max() ?? 0
    stageTimes = TableView(
      tableName: "Stages of this run",
      columns: [
        .init(name: "Stage"), .init(name: "State"), .init(name: "Time", isNumber: true),
      ],
      rows: facts.stages.map { stage in
        TableView.Row(cells: [
          .head(stage.name), .pill(stage.state.rawValue, class: stage.state.style),
          .number(
            NumberText.duration(stage.seconds),
            bar: RateBar(part: longest > 0 ? stage.seconds / longest : 0).svg()),
        ])
      },
      footer: [
        TableView.Row(cells: [
          .head("Whole run"), .init(text: ""), .number(NumberText.duration(facts.seconds)),
        ])
      ])
    charts = facts.samplesPerSecond.count > 1 ? [Self.throughput(facts)] : []
    hasCharts = !charts.isEmpty
    timesData = RunTimes.data(of: [facts.times])
    log = Self.log(facts.log)
    specification = facts.specification?.nonEmpty.map { text in
      let lines = LineDifference.split(text)
      return TextView(textLabel: Text.counted(lines.count, "line"), lines: lines, isOpen: false)
    }
    let command = facts.command.map { [Fact(name: "Command", value: $0)] } ?? []
    environment = TableView(
      tableName: "Environment",
      columns: [.init(name: "What"), .init(name: "Value")],
      rows: (command + facts.environment).map {
        TableView.Row(cells: [.head($0.name), .init(text: $0.value, cellClass: "long")])
      })
  }

  private static func log(_ lines: [String]) -> TextView? {
    guard !lines.isEmpty else { return nil }
    var shown = lines
    if lines.count > logLimit {
      let half = logLimit / 2
      let hidden = NumberText.count(lines.count - logLimit)
      shown = lines.prefix(half) + ["… \(hidden) lines, see: pipeline logs …"] + lines.suffix(half)
    }
    return TextView(
      textLabel: Text.counted(lines.count, "event"), lines: shown,
      isOpen: lines.count <= 60)
  }

  private static func throughput(_ facts: RunFacts) -> ChartView {
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
}

extension RunFacts.StageState {
  /// The class of its colour: a stage that was stopped has that of a run that was interrupted.
  fileprivate var style: String { self == .stopped ? "interrupted" : rawValue }
}
