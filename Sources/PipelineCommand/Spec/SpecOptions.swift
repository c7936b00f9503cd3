internal import ArgumentParser

/// The spec of a command, with the overrides of the command line.
struct SpecOptions: ParsableArguments {
  @Argument(
    help: "The spec: a path, or the name of one in pipelines/.", completion: Completions.specs)
  var spec: String

  @Option(name: .long, help: ArgumentHelp("Override a setting.", valueName: "stage.path=value"))
  var set: [String] = []
}
