internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Steps

/// `pipeline run`: computes what is missing, in the order of the dependencies.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Compute what is missing; resume interrupted trainings.",
    usage: "pipeline run [<options>] <spec>",
    discussion: """
      EXAMPLES
        pipeline run mnist.yaml
        pipeline run mnist.yaml --set train.optimizer.adam.learning_rate=0.01
        pipeline run mnist.yaml --to prepare --offline --mirror ~/data/mnist
      """)

  @OptionGroup var shared: SharedOptions
  @OptionGroup var execution: ExecutionOptions

  @OptionGroup var input: SpecOptions

  @Option(
    name: .long, help: ArgumentHelp("Stop after this stage.", valueName: "stage"),
    completion: Completions.stages)
  var to: String?

  @Option(
    name: .long, help: ArgumentHelp("Run this stage even if cached.", valueName: "stage"),
    completion: Completions.stages)
  var force: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Run up to N independent stages in parallel.", valueName: "n"))
  var jobs: Int = 1

  @Flag(name: .long, help: "Ignore checkpoints of interrupted runs.")
  var fresh = false

  @Flag(name: .long, help: "Show what would run, without running it.")
  var dryRun = false

  @Flag(name: .long, help: "Fail instead of computing anything.")
  var requireCached = false

  @Flag(name: .long, help: "Hash every file instead of trusting time stamps.")
  var paranoid = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Wait at most this long for another run that computes the same stage (default: no limit).",
      valueName: "seconds"))
  var lockTimeout: Double?

  @Option(name: .long, help: ArgumentHelp("Give this run a tag.", valueName: "tag"))
  var tag: [String] = []

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs takes a number from 1 to 256, not \(jobs)")
    }
    if let lockTimeout, !(0...1e9).contains(lockTimeout) {
      throw ValidationError(
        "--lock-timeout takes a number of seconds of at least 0, not \(lockTimeout)")
    }
  }

  func run() throws {
    let file = try SpecFile(input.spec)
    let parsed = try file.parse(overrides: input.set)
    let terminal = shared.terminal
    let stages = parsed.stages.map(\.name)
    for name in force + [to].compactMap({ $0 }) where !stages.contains(name) {
      throw CommandError(
        .usage, UnknownName(kind: "stage", name: name, known: stages).description)
    }
    // Before the work, not after it.
    for name in tag { try RunTag.check(name) }
    var options = RunOptions()
    options.target = to
    options.forced = Set(force)
    options.isFresh = fresh
    options.requiresCached = requireCached
    options.lockTimeout = lockTimeout
    options.jobs = jobs
    options.resources = try execution.resources()
    let location = StoreLocation(shared)
    if dryRun {
      let store = try location.openIfPresent()
      let plans = try Explainer(parsed, of: file, overrides: input.set, store: store).explained(
        Planner(store: store, catalog: StepLibrary.catalog).plan(parsed, options: options))
      return StatusReport(spec: parsed, plans: plans, shared: shared).write(to: terminal)
    }
    let session = RunSession(
      spec: parsed, file: file, store: try location.open(paranoid: paranoid), options: options,
      overrides: input.set, tags: tag,
      shared: shared)
    try session.run(observer: observer(terminal))
  }

  private func observer(_ terminal: Terminal) -> any RunObserver {
    if shared.json { return JSONObserver(terminal: terminal) }
    if terminal.canRedraw, !shared.quiet {
      return TerminalObserver(terminal: terminal, seconds: Clock.monotonicSeconds)
    }
    return PlainObserver(
      terminal: terminal, isQuiet: shared.quiet, seconds: Clock.monotonicSeconds)
  }
}
