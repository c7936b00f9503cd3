internal import ArgumentParser

/// The spec that a command is about, with what the command line changes in it.
struct SpecOptions: ParsableArguments {
  @Argument(
    help: "The spec: a path, or the name of one in pipelines/.", completion: Completions.specs)
  var spec: String

  @Option(name: .long, help: ArgumentHelp("Override a setting.", valueName: "stage.path=value"))
  var set: [String] = []
}
