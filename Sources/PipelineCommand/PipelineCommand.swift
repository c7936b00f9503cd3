internal import ArgumentParser
internal import Glibc
internal import PipelineSpec

/// The front door: parses the command line, calls, prints, and chooses the exit code.
@main
struct PipelineCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Experiments in machine learning that can be proved.",
    discussion: """
      EXAMPLES
        pipeline run mnist.yaml                   download … report; cached stages are skipped
        pipeline status mnist.yaml                what a run would do, and why
        pipeline compare RUN RUN -o compare.html  what differs, and what that did
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Run",
        subcommands: [
          RunCommand.self, StatusCommand.self, ExplainCommand.self, CheckCommand.self,
        ]),
      CommandGroup(
        name: "Look",
        subcommands: [
          RunsCommand.self, ShowCommand.self, CompareCommand.self, ReportCommand.self,
        ]),
      CommandGroup(name: "Store", subcommands: [FsckCommand.self]),
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as CommandError {
      say(error.description)
      Glibc.exit(error.status.rawValue)
    } catch let error as SpecError {
      let terminal = Terminal(color: .auto, environment: ProcessEnvironment.all)
      terminal.message(error.rendered(color: terminal.errorStyle.isColored))
      Glibc.exit(ExitStatus.invalidSpec.rawValue)
    } catch where isOwn(error) {
      say("\(error)".shown)
      Glibc.exit(ExitStatus(of: error).rawValue)
    } catch {
      exit(withError: error)
    }
  }

  /// Whether the error is one of our libraries' and not the argument parser's.
  private static func isOwn(_ error: any Error) -> Bool {
    ExitStatus(of: error) != .failure || exitCode(for: error) == .failure
  }

  private static func say(_ text: String) {
    guard !text.isEmpty else { return }
    let terminal = Terminal(color: .auto, environment: ProcessEnvironment.all)
    terminal.message("\(terminal.errorStyle.red("error")): \(text)")
  }
}
