/// What the template `compare` shows.
struct ComparePageView {
  struct RunView {
    var letter: String
    var label: String
    var id: String
    /// The number of the run and of its style.
    var number: Int
    var colour: String
    var swatch: String
    var firstDifference: String?
  }

  struct Section {
    var charts: [ChartView]
  }

  var title: String
  var eyebrow: String
  var runs: [RunView]
  var contents: [ContentsEntry]
  /// Why the numbers cannot be compared, if so.
  var warning: String?
  var metrics: MetricsView?
  var settings: DifferencesView?
  var curves: Section?
  var parallel: ParallelView?
  var matrices: MatricesView?
  var samples: SampleChangesView?
  var environment: DifferencesView?
  var digests: DifferencesView?

  struct ParallelView {
    var figure: String
  }

  init(_ model: CompareReportModel, _ comparison: Comparison) {
    title = model.title
    let specs = model.runs.map(\.specName).reduce(into: [String]()) { specs, name in
      if !specs.contains(name) { specs.append(name) }
    }
    eyebrow = "Comparison · \(Text.counted(model.runs.count, "run")) of \(Text.list(specs))"
    runs = comparison.runs.enumerated().map { index, run in
      RunView(
        letter: run.letter, label: run.label, id: run.id, number: index,
        colour: LineStyle.colour(index), swatch: Swatch(style: index).svg().text,
        firstDifference: index == 0
          ? nil : comparison.firstDifferentStage[index] ?? "nothing")
    }
    warning = Self.warning(model, comparison)
    metrics = MetricsView(comparison)
    settings = DifferencesView(comparison.settings, noun: "setting", comparison)
    curves = CompareCurves(model, comparison).section
    parallel = ParallelCoordinates(comparison).map { ParallelView(figure: $0.svg().text) }
    matrices = MatricesView(model, comparison)
    samples = SampleChangesView(model, comparison)
    environment = DifferencesView(comparison.environment, noun: "fact", comparison)
    digests = DifferencesView(comparison.digests, noun: "digest", comparison, shortens: true)
    contents = []
    contents = sections
  }

  private var sections: [ContentsEntry] {
    let all: [(Bool, String, String)] = [
      (metrics != nil, "metrics", "Metrics"), (settings != nil, "settings", "Settings"),
      (curves != nil, "curves", "Curves"), (parallel != nil, "parallel", "Parallel coordinates"),
      (matrices != nil, "errors", "Confusions"), (samples != nil, "samples", "Fixed and broken"),
      (environment != nil, "environment", "Environment"), (digests != nil, "digests", "Digests"),
    ]
    return all.filter(\.0).map { ContentsEntry(id: $0.1, title: $0.2) }
  }

  private static func warning(_ model: CompareReportModel, _ comparison: Comparison) -> String? {
    guard !comparison.isComparable else { return nil }
    let other = model.runs.indices.filter {
      model.runs[$0].testDataDigest != model.runs[0].testDataDigest
    }.map { comparison.runs[$0].letter }
    return "\(other.count == 1 ? "Run" : "Runs") \(Text.list(other)) "
      + "\(other.count == 1 ? "was" : "were") measured on other test data than run A. "
      + "A difference between their numbers says nothing about the models."
  }
}
