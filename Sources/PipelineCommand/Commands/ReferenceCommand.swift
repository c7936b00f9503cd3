internal import ArgumentParser
internal import Pipeline
internal import PipelineSpec
internal import Steps

/// `pipeline reference`: every setting of every step, from the schemas that specs are checked with.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print the reference of specs, or their JSON Schema.",
    shouldDisplay: false)

  @OptionGroup var shared: SharedOptions

  @Flag(name: .long, help: "Markdown (the default).")
  var markdown = false

  @Flag(name: .long, help: "A JSON Schema (2020-12), for editors.")
  var jsonSchema = false

  @Flag(name: .long, help: "All commands, their options and the exit codes, in Markdown.")
  var commands = false

  @Flag(name: .long, help: "What is wrong with the schemas themselves; nothing should be.")
  var problems = false

  func run() throws {
    let catalog = StepLibrary.catalog.schemas
    let terminal = shared.terminal
    if problems {
      let found = catalog.problems()
      for problem in found { terminal.output(problem) }
      if !found.isEmpty { throw CommandError(.failure, "") }
      return
    }
    let text =
      commands
      ? CommandReference().text
      : jsonSchema
        ? JSONSchemaGenerator(catalog: catalog).generate()
        : SpecReferenceGenerator(catalog: catalog).generate()
    terminal.output(text.hasSuffix("\n") ? String(text.dropLast()) : text)
  }
}
