internal import ArgumentParser
internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Steps

/// `pipeline status`: what a run would do, and why.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show for each stage whether it would run, and why.",
    usage: "pipeline status [<options>] <spec>")

  @OptionGroup var shared: SharedOptions

  @OptionGroup var input: SpecOptions

  func run() throws {
    let file = try SpecFile(input.spec)
    let parsed = try file.parse(overrides: input.set)
    let store = try StoreLocation(shared).openIfPresent()
    let plans = try Explainer(parsed, of: file, overrides: input.set, store: store).explained(
      Planner(store: store, catalog: StepLibrary.catalog).plan(parsed))
    StatusReport(spec: parsed, plans: plans, shared: shared).write(to: shared.terminal)
  }
}

/// The plan of a run as a table, or as JSON with the same stage objects as `run --json`.
struct StatusReport {
  let spec: PipelineSpec
  let plans: [StagePlan]
  let shared: SharedOptions

  func write(to terminal: Terminal) {
    if shared.json { return terminal.output(value.plainJSON()) }
    let style = terminal.outputStyle
    let width = plans.map(\.name.count).max() ?? 8
    for plan in plans {
      let why = why(plan).shown
      let head = "  \(plan.name.shown.padded(to: width))  "
      terminal.output(
        why.isEmpty
          ? head + state(plan, style, width: 0)
          : "\(head)\(state(plan, style, width: 8)) "
            + why.folded(to: terminal.outputColumns, indentation: width + 13))
    }
    let counts = [StagePlan.State.hit, .run, .resume, .depends].compactMap { state -> String? in
      let count = plans.count { $0.state == state }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    terminal.output(style.bold(counts.joined(separator: " · ")))
  }

  private func state(_ plan: StagePlan, _ style: Style, width: Int) -> String {
    let word = plan.state.rawValue.padded(to: width)
    return switch plan.state {
    case .hit: style.green(word)
    case .run: style.blue(word)
    case .resume: style.yellow(word)
    case .depends: style.dim(word)
    }
  }

  private func why(_ plan: StagePlan) -> String {
    switch plan.state {
    case .hit: StageLine.headlines(plan.outcome?.metrics ?? [:]).joined(separator: " · ")
    case .resume: "\(plan.reason); resumes from \(EventText.position(plan.checkpoint))"
    case .run, .depends: plan.reason
    }
  }

  private var value: CanonicalValue {
    [
      "schema": "pipeline.status/1", "name": .string(spec.name), "file": .string(spec.file),
      "stages": .array(
        plans.map { plan in
          var members = plan.outcome?.value.object ?? ["name": .string(plan.name)]
          members["state"] = .string(plan.state.rawValue)
          members["step"] = .string(plan.kind)
          members["reason"] = .string(plan.reason)
          if let key = plan.key { members["key"] = .digest(key.key) }
          if let position = plan.checkpoint { members["checkpoint"] = position }
          return .object(members)
        }),
    ]
  }
}
