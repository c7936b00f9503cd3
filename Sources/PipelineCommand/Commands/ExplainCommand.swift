internal import ArgumentParser
internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Steps

/// `pipeline explain`: why a stage would run.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain why a stage would run: what changed, and where.",
    usage: "pipeline explain [<options>] <spec> <stage>",
    discussion: """
      EXAMPLES
        pipeline explain mnist.yaml train
        pipeline explain mnist.yaml train --vs baseline
      """)

  @OptionGroup var shared: SharedOptions

  @OptionGroup var input: SpecOptions

  @Argument(help: "The stage.", completion: Completions.stages)
  var stage: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Compare with this run instead of the nearest result.", valueName: "run"),
    completion: Completions.runs)
  var vs: String?

  func run() throws {
    let file = try SpecFile(input.spec)
    let parsed = try file.parse(overrides: input.set)
    let names = parsed.topologicalOrder.map(\.name)
    guard let stage else {
      throw CommandError(
        .usage, "name a stage of \(file.path.shown): \(names.map(\.shown).joined(separator: ", "))")
    }
    guard parsed[stage: stage] != nil else {
      throw CommandError(
        .usage,
        UnknownName(kind: "stage", name: stage, known: parsed.stages.map(\.name)).description)
    }
    let store = try StoreLocation(shared).openIfPresent()
    let explainer = Explainer(parsed, of: file, overrides: input.set, store: store)
    var run: PipelineRun?
    if let vs {
      guard let store else {
        throw CommandError(
          .usage, "there is no store at \(shared.storePath.shown), so no run is named “\(vs.shown)”"
        )
      }
      run = try RunCatalog(store: store).record(named: vs)
    }
    let explanation = try explainer.explanation(
      of: stage, against: run,
      environment: Machine.environment(
        threads: Machine.availableCores,
        instructionSet: ProcessEnvironment.value("PIPELINE_ISA").flatMap { $0 == "auto" ? nil : $0 }
      ))
    let terminal = shared.terminal
    if shared.json { return terminal.output(explanation.value.plainJSON()) }
    let text = ExplanationText(
      explanation: explanation, spec: parsed, name: input.spec, file: file, overrides: input.set,
      style: terminal.outputStyle,
      columns: terminal.outputColumns)
    for line in text.lines { terminal.output(line) }
  }
}
