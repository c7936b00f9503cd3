internal import ArgumentParser
internal import ContentAddressing
internal import PipelineSpec

/// `pipeline check`: whether a spec is valid, without running anything.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a spec and show every mistake with its place.")

  @OptionGroup var shared: SharedOptions

  @Argument(
    help: "The spec: a path, or the name of one in pipelines/.", completion: Completions.specs)
  var spec: String

  @Option(name: .long, help: ArgumentHelp("Override a setting.", valueName: "stage.path=value"))
  var set: [String] = []

  func run() throws {
    let terminal = shared.terminal
    let file = try SpecFile(spec)
    let parsed: PipelineSpec
    do {
      parsed = try file.parse(overrides: set)
    } catch {
      guard shared.json else { throw error }
      terminal.output(Self.value(of: error, file: file.path).plainJSON())
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
    let order = stages.map(\.name.shown).joined(separator: " → ")
    terminal.output("\(parsed.file.shown): \(terminal.outputStyle.green("valid")) · \(order)")
  }

  /// The mistakes as data: what, where, and what would be right.
  private static func value(of error: SpecError, file: String) -> CanonicalValue {
    [
      "schema": "pipeline.check/1", "valid": false, "file": .string(file),
      "count": .integer(error.count),
      "diagnostics": .array(
        error.diagnostics.map { diagnostic in
          let place = diagnostic.location
          return [
            "message": .string(diagnostic.message),
            "file": place.map { .string($0.file) } ?? .null,
            "line": place.map { .integer($0.line) } ?? .null,
            "column": place.map { .integer($0.column) } ?? .null,
            "width": .integer(diagnostic.width),
            "hint": diagnostic.hint.map { .string($0) } ?? .null,
            "notes": .array(diagnostic.notes.map { .string($0) }),
            "text": .string(diagnostic.rendered(color: false)),
          ]
        }),
    ]
  }
}
