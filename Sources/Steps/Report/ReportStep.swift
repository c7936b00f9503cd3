internal import ContentAddressing
internal import Datasets
public import Pipeline
public import PipelineSpec
internal import Report
internal import SystemPackage

/// Writes the report of a pipeline: a page that is a function of settings, results and digests only.
public struct ReportStep: Step {
  public static let schema = StepSchema(
    kind: "report", version: 1,
    summary: "Writes one self-contained page, `report.html`, about all other stages.",
    fields: [
      Field("title", .string(.any), .optional, summary: "The heading of the page."),
      PlotSchema.field,
    ],
    outputs: .fixed(["report.html"]), consumesAllStages: true)

  public static let implementationVersion = 8

  private let title: String?
  private let plots: [PlotDefinition]

  public init(_ parameters: SpecRecord) throws {
    title = parameters["title"]?.string
    let leaves = parameters.flattened()
    plots = PlotDefinition.all(in: parameters.canonical()) { path in
      leaves.first { $0.path == path }?.text
    }
  }

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
    model.plots = try plots.map { definition in
      try PlotBuilder(definition: definition).plot { try context.inputs.bytes($0.input) }
    }
    let page = RunReport.html(model)
    try failure.rethrow()
    try context.outputs.put("report.html", Array(page.utf8))
    return StepResult()
  }
}
