internal import ContentAddressing
internal import Datasets
public import Pipeline
public import PipelineSpec
public import Settings
internal import Report
internal import SystemPackage

/// Writes the report of a pipeline: a page that is a function of settings, results and digests only.
public struct ReportStep: Step, Described {
  public static let word = "report"
  public static let summary =
    "Write one self-contained page, `report.html`, about all other stages."
  public static let settings = [
    Setting<Self>("title", \.title, .text(), "The heading of the page."),
    Setting(
      "plots", \.plots, .list(.kind(Plots.kinds), count: 0...Plots.largestCount),
      "Charts, tables and pictures of the outputs of any stage."),
  ]

  public static let schema = StepSchema(
    of: Self.self, version: 1, outputs: .fixed(["report.html"]), consumesAllStages: true)

  public static let implementationVersion = 8

  var title: String?
  var plots: [any PlotKind] = []

  public init() {}

  public func run(in context: StepContext) throws -> StepResult {
    let failure = ReadFailure()
    let stages = context.upstream.map { stage in
      StageResults(
        name: stage.name, kind: stage.kind, key: stage.key, outputs: stage.outputs,
        metrics: stage.metrics,
        bytes: { name in
          try failure.noting { try context.inputs.bytes("\(stage.name)/\(name)") }
        },
        samples: { name, split in
          try failure.noting {
            try context.inputs.reading("\(stage.name)/\(name)") {
              try DatasetFile($0.string).split(split)
            }
          }
        })
    }
    var model = ReportBuilder(
      title: title ?? "Report", upstream: context.upstream, stages: stages
    ).model()
    let files = PlotFiles(name: \.source) { try context.inputs.bytes($0.path) }
    model.plots = try plots.map { try $0.plot(of: files) }
    let page = RunReport.html(model)
    try failure.rethrow()
    try context.outputs.put("report.html", Array(page.utf8))
    return StepResult()
  }
}
