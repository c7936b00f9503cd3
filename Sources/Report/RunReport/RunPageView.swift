internal import ElementaryFunctions

/// What the template `run` shows, every number already in words.
struct RunPageView {
  struct Headline {
    var name: String
    var value: String
    var goal: String?
  }

  struct Named {
    var name: String
    var value: String
  }

  struct Charts {
    var charts: [ChartView]
    /// A sentence under the heading, where the section has one of its own.
    var curvesNote: String?
    var confidenceNote: String?
    var regressionNote: String?
    var columnsClass = ""
  }

  var specName: String
  var title: String
  var statusClass: String
  var statusLabel: String
  var statusReason: String?
  var bannerClass: String
  var headline: Headline?
  var numbers: [Named]
  var commands: [String]
  var hasCommands: Bool
  var contents: [ContentsEntry]
  var curves: Charts?
  var confusion: ConfusionView?
  var worst: SamplesView?
  var confidence: Charts?
  var regression: Charts?
  var userPlots: PlotsView?
  var steps: Charts?
  var norms: NormsView?
  /// Where ``RunPage`` inserts what is true of one run only.
  var commandsMark = RunPage.Mark.commands.text
  var commandsEndMark = RunPage.commandsEnd
  var statusMark = RunPage.Mark.status.text
  var numbersMark = RunPage.Mark.numbers.text
  var contentsMark = RunPage.Mark.contents.text
  var factsMark = RunPage.Mark.facts.text
  var settings: SettingsView?
  var model: ModelView?
  var provenance: ProvenanceView?
  var card: CardView?

  struct ModelView {
    var modelNote: String
    var layersTable: TableView
  }

  /// Norms and spreads; either may be missing.
  struct NormsView {
    var charts: [ChartView]
    var spreads: SpreadView?
  }

  struct CardView {
    var paragraphs: [String]
  }

  init(_ model: RunReportModel) {
    specName = model.specName
    title = model.title
    let status = StatusView(model.status)
    statusClass = status.name
    statusLabel = status.label
    statusReason = status.reason
    bannerClass = status.name == "failed" ? "bad" : ""
    headline = model.headline.map {
      Headline(
        name: $0.name, value: NumberText.metric($0.value, named: $0.name), goal: $0.goal.words)
    }
    numbers = Self.numbers(model)
    commands = model.reproduceWith
    hasCommands = !commands.isEmpty

    curves = LearningCurves(model).section
    confusion = model.classification.map { ConfusionView($0) }
    worst = SamplesView(model.classification)
    confidence = model.classification.flatMap { ConfidenceCharts($0).section }
    regression = model.regression.flatMap { RegressionCharts($0).section }
    userPlots = PlotsView(model.plots)
    steps = Self.steps(model.steps)
    norms = Self.norms(model)
    settings = SettingsView(model.settings)
    self.model = Self.modelView(model.layers)
    provenance = ProvenanceView(model.stages)
    card = model.modelCard?.nonEmpty.map { CardView(paragraphs: Self.paragraphs($0)) }
    contents = []
    contents = sections
  }

  /// The sections that this page has, in order.
  private var sections: [ContentsEntry] {
    let all: [(Bool, String, String)] = [
      (curves != nil, "curves", "Curves"), (steps != nil, "steps", "Steps"),
      (confusion != nil, "errors", "Right and wrong"),
      (worst != nil, "samples", "Samples"), (confidence != nil, "confidence", "Confidence"),
      (regression != nil, "regression", "Predictions"), (userPlots != nil, "plots", "Plots"),
      (norms != nil, "norms", "Norms"),
      (settings != nil, "settings", "Settings"),
      (model != nil, "model", "Model"), (provenance != nil, "provenance", "Provenance"),
      (card != nil, "card", "Model card"),
    ]
    return all.filter(\.0).map { ContentsEntry(id: $0.1, title: $0.2) }
  }

  private static func steps(_ curves: [Curve]) -> Charts? {
    let charts = curves.filter { !$0.series.isEmpty }.enumerated().map { index, curve in
      CurveChart(id: "step-\(index)", curve: curve).view
    }
    return charts.isEmpty
      ? nil : Charts(charts: charts, columnsClass: charts.count > 2 ? "trio" : "")
  }

  private static func norms(_ model: RunReportModel) -> NormsView? {
    let charts = NormCharts(model.layerNorms).section?.charts ?? []
    let spreads = SpreadView(model.spreads)
    return charts.isEmpty && spreads == nil ? nil : NormsView(charts: charts, spreads: spreads)
  }

  /// What the head of the page says of a run.
  static func statusFacts(_ facts: RunFacts) -> [String] {
    let hits = facts.stages.count { $0.state == .hit }
    let resumed = facts.stages.count { $0.state == .resumed }
    return ["run \(facts.runID)", facts.startedAt, NumberText.duration(facts.seconds)]
      + (hits > 0 ? ["\(hits) of \(Text.counted(facts.stages.count, "stage")) cached"] : [])
      + (resumed > 0 ? ["\(Text.counted(resumed, "stage")) resumed"] : [])
  }

  private static func numbers(_ model: RunReportModel) -> [Named] {
    var numbers = model.metrics.filter { $0 != model.headline }.map {
      Named(name: Text.capitalized($0.name), value: NumberText.metric($0.value, named: $0.name))
    }
    if let dataset = model.datasetName { numbers.append(Named(name: "Dataset", value: dataset)) }
    numbers += model.datasetFacts.map {
      Named(name: $0.name, value: Text.inLines($0.value))
    }
    return numbers
  }

  /// What the head of the page measures of a run.
  static func numbers(_ facts: RunFacts) -> [Named] {
    var numbers: [Named] = []
    let rate = facts.samplesPerSecond.filter(\.isFinite).sorted()
    if !rate.isEmpty {
      numbers.append(
        Named(name: "Throughput", value: "\(rounded(rate[rate.count / 2])) samples/s"))
    }
    if let memory = facts.peakMemoryBytes {
      numbers.append(Named(name: "Peak memory", value: NumberText.bytes(memory)))
    }
    return numbers
  }

  /// A rate to three digits, in groups: more would only be noise.
  private static func rounded(_ rate: Double) -> String {
    guard var number = DecimalDigits(min(max(rate, 0), 1e15)) else { return "–" }
    number.round(toSignificant: 3)
    let text = NumberText.plain(number, decimals: nil)
    return Int(text).map(NumberText.count) ?? text
  }

  private static func modelView(_ layers: [LayerSummary]) -> ModelView? {
    guard !layers.isEmpty else { return nil }
    let total = layers.reduce(0) { $0 + $1.parameterCount }
    return ModelView(
      modelNote: "\(Text.counted(layers.count, "layer")), \(NumberText.count(total)) parameters, "
        + "\(NumberText.bytes(total * 4)) as 32-bit floats.",
      layersTable: TableView(
        tableName: "Layers",
        columns: [
          .init(name: "Layer"), .init(name: "Kind"), .init(name: "Output"),
          .init(name: "Parameters", isNumber: true),
        ],
        rows: layers.map {
          TableView.Row(cells: [
            .head($0.name), .init(text: $0.kind), .init(text: $0.outputShape),
            .number(NumberText.count($0.parameterCount)),
          ])
        }))
  }

  private static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var lines: [Substring] = []
    let all: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false) + [""]
    for line in all {
      if line.allSatisfy(\.isWhitespace) {
        if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
        lines = []
      } else {
        lines.append(line)
      }
    }
    return paragraphs
  }
}
