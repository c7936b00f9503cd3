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
  }

  /// What people say of the runs; none where nobody said anything.
  struct NotesView {
    struct Entry {
      var letter: String
      var colour: String
      var label: String
      var tags: [String]
      var noteLines: [String]
    }

    var noteEntries: [Entry]

    init?(_ comparison: Comparison) {
      noteEntries = comparison.runs.enumerated().compactMap { index, run in
        guard run.note != nil || !run.tags.isEmpty else { return nil }
        return Entry(
          letter: run.letter, colour: LineStyle.colour(index), label: run.label, tags: run.tags,
          noteLines: run.note.map(NoteText.lines) ?? [])
      }
      if noteEntries.isEmpty { return nil }
    }
  }

  struct Section {
    var charts: [ChartView]
    var groupings: Groupings?
    var timesData: String?
  }

  /// The runs whose outputs leave the baseline's at the same stage.
  struct Departure {
    struct Letter {
      var letter: String
      var colour: String
    }

    var letters: [Letter]
    /// The stage; none where every output is the baseline's.
    var stage: String?
  }

  var title: String
  var eyebrow: String
  var runs: [RunView]
  var contents: [ContentsEntry]
  /// Why the numbers cannot be compared, if so.
  var warning: String?
  var metrics: MetricsView?
  var notes: NotesView?
  var settings: DifferencesView?
  var curves: Section?
  var parallel: ParallelView?
  var effects: EffectsView?
  var scatter: ScatterView?
  var matrices: MatricesView?
  var userPlots: ComparePlots?
  var samples: SampleChangesView?
  var specs: SpecsView?
  var environment: DifferencesView?
  var digests: DifferencesView?
  var departures: [Departure]

  struct ScatterView {
    struct Choice {
      var place: Int
      var axisName: String
      var isAcross: Bool
      var isDown: Bool
    }

    var scatterTitle: String
    var figure: String
    var scatterData: String
    var choices: [Choice]
    var table: TableView
  }

  struct EffectsView {
    var runCount: String
    var effectsTable: TableView
  }

  struct ParallelView {
    var figure: String
  }

  init(_ model: CompareReportModel, _ comparison: Comparison) {
    title = model.title
    let specNames = model.runs.map(\.specName).reduce(into: [String]()) { specs, name in
      if !specs.contains(name) { specs.append(name) }
    }
    eyebrow = "Comparison · \(Text.counted(model.runs.count, "run")) of \(Text.list(specNames))"
    runs = comparison.runs.enumerated().map { index, run in
      RunView(
        letter: run.letter, label: run.label, id: run.id, number: index,
        colour: LineStyle.colour(index), swatch: Swatch(style: index).svg().text)
    }
    warning = Self.warning(model, comparison)
    metrics = MetricsView(comparison)
    notes = NotesView(comparison)
    settings = DifferencesView(comparison.settings, noun: "setting", comparison)
    curves = CompareCurves(model, comparison).section
    parallel = ParallelCoordinates(comparison).map { ParallelView(figure: $0.svg().text) }
    effects = SettingEffects(comparison).map {
      EffectsView(runCount: NumberText.count(comparison.runs.count), effectsTable: $0.table)
    }
    scatter = RunScatter(comparison).map(Self.scatter)
    specs = SpecsView(model, comparison)
    matrices = MatricesView(model, comparison)
    samples = SampleChangesView(model, comparison)
    userPlots = ComparePlots(model, comparison)
    environment = DifferencesView(comparison.environment, noun: "fact", comparison)
    digests = DifferencesView(comparison.digests, noun: "digest", comparison, shortens: true)
    departures = Self.departures(comparison)
    contents = []
    contents = sections
  }

  private var sections: [ContentsEntry] {
    let all: [(Bool, String, String)] = [
      (metrics != nil, "metrics", "Metrics"), (notes != nil, "notes", "Notes"),
      (settings != nil, "settings", "Settings"),
      (curves != nil, "curves", "Curves"), (parallel != nil, "parallel", "Parallel coordinates"),
      (effects != nil, "effects", "What mattered"), (scatter != nil, "scatter", "Scatter"),
      (matrices != nil, "errors", "Confusions"),
      (samples != nil, "samples", "Fixed and broken"), (userPlots != nil, "plots", "Plots"),
      (specs != nil, "specs", "Specs"), (environment != nil, "environment", "Environment"),
      (digests != nil, "digests", "Digests"),
    ]
    return all.filter(\.0).map { ContentsEntry(id: $0.1, title: $0.2) }
  }

  private static func scatter(_ scatter: RunScatter) -> ScatterView {
    ScatterView(
      scatterTitle: "\(scatter.axes[scatter.y].name) over \(scatter.axes[scatter.x].name)",
      figure: scatter.svg().text, scatterData: scatter.data.text,
      choices: scatter.axes.enumerated().map { place, axis in
        .init(
          place: place, axisName: axis.name, isAcross: place == scatter.x,
          isDown: place == scatter.y)
      }, table: scatter.table)
  }

  /// The runs but the baseline, gathered by the first stage that differs.
  private static func departures(_ comparison: Comparison) -> [Departure] {
    var departures: [Departure] = []
    for (index, stage) in comparison.firstDifferentStage.enumerated().dropFirst() {
      let letter = Departure.Letter(
        letter: comparison.runs[index].letter, colour: LineStyle.colour(index))
      if let place = departures.firstIndex(where: { $0.stage == stage }) {
        departures[place].letters.append(letter)
      } else {
        departures.append(Departure(letters: [letter], stage: stage))
      }
    }
    return departures
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
