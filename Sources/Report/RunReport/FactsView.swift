/// What was true of one run only, as the template shows it.
struct FactsView {
  var stageTimes: TableView
  /// Throughput, processor and memory over time.
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
    charts = (facts.samplesPerSecond.count > 1 ? [Self.throughput(facts)] : []) + Self.load(facts)
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

  /// Processor, memory, disk and network over the time of the run; what was never used has no chart.
  private static func load(_ facts: RunFacts) -> [ChartView] {
    guard facts.load.count > 2 else { return [] }
    let seconds = facts.load.map(\.seconds)
    let megabytes = { (read: (RunFacts.Load) -> Double?) in
      facts.load.map { (read($0) ?? .nan) / 1e6 }
    }
    let parts: [(title: String, name: String, note: String?, series: [(String, [Double])])] = [
      ("busy cores", "cores", nil, [("cores", facts.load.map(\.cores))]),
      ("memory (MB)", "memory", nil, [("memory", megabytes { Double($0.memoryBytes) })]),
      (
        "disk (MB/s)", "disk", "Of this process, beside what the page cache answered.",
        [("read", megabytes(\.traffic.diskRead)), ("written", megabytes(\.traffic.diskWritten))]
      ),
      (
        "network (MB/s)", "network", "Of the whole machine.",
        [("received", megabytes(\.traffic.received)), ("sent", megabytes(\.traffic.sent))]
      ),
    ]
    return parts.filter { part in
      // A byte a second now and then is the machine's own noise.
      part.note == nil || part.series.contains { $0.1.contains { $0 >= 0.01 } }
    }.map { part in
      let curve = Curve(
        name: part.title, axis: "second", goal: .none,
        series: part.series.map {
          CurveSeries(name: $0.0, positions: seconds, values: $0.1)
        })
      var chart = CurveChart(id: "load-\(part.name)", curve: curve)
      chart.note = part.note
      return chart.view
    }
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
