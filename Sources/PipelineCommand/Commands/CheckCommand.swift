internal import ArgumentParser
internal import ContentAddressing
internal import PipelineSpec

/// `pipeline check`: whether a spec is valid, without running anything.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a spec and show every error with its location.",
    usage: "pipeline check [<options>] <spec>")

  @OptionGroup var shared: SharedOptions

  @OptionGroup var input: SpecOptions

  func run() throws {
    let terminal = shared.terminal
    let file = try SpecFile(input.spec)
    let parsed: PipelineSpec
    do {
      parsed = try file.parse(overrides: input.set)
    } catch {
      guard shared.json else { throw error }
      let value: CanonicalValue = [
        "schema": "pipeline.check/1", "valid": false, "file": .string(file.path),
        "count": .integer(error.count), "diagnostics": error.value,
      ]
      terminal.output(value.plainJSON())
      throw CommandError(.invalidSpec, "")
    }
    let stages = parsed.topologicalOrder
    if shared.json {
      let value: CanonicalValue = [
        "schema": "pipeline.check/1", "valid": true, "file": .string(parsed.file),
        "name": .string(parsed.name), "stages": .array(stages.map { .string($0.name) }),
      ]
      return terminal.output(value.plainJSON())
    }
    for (stage, input) in stages.flatMap({ stage in stage.inputs.map { (stage, $0) } }) {
      guard case .path(let path) = input.source, !OutputFile.exists(path) else { continue }
      let place = input.location.map { "\($0): " } ?? ""
      terminal.message(
        "\(terminal.errorStyle.yellow("note")): "
          + "\(place)\(path) (`\(stage.name).\(input.path)`) does not exist yet".shown)
    }
    let order = stages.map(\.name.shown).joined(separator: " → ")
    terminal.output("\(parsed.file.shown): \(terminal.outputStyle.green("valid")) · \(order)")
  }
}
