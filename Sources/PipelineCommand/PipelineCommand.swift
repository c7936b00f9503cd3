internal import ArgumentParser
internal import Glibc
internal import PipelineSpec

/// The entry point: parses the command line, calls, prints, and chooses the exit code.
@main
struct PipelineCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Reproducible machine-learning experiments.",
    discussion: """
      EXAMPLES
        pipeline run mnist.yaml                   download … report; cached stages are skipped
        pipeline status mnist.yaml                what a run would do, and why
        pipeline compare RUN RUN -o compare.html  what differs, and what changed
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Run",
        subcommands: [
          RunCommand.self, StatusCommand.self, ExplainCommand.self, CheckCommand.self,
          DagCommand.self, InitCommand.self,
        ]),
      CommandGroup(
        name: "Look",
        subcommands: [
          RunsCommand.self, ShowCommand.self, NoteCommand.self, LogsCommand.self,
          CompareCommand.self, ReportCommand.self, ExportCommand.self, PredictCommand.self,
        ]),
      CommandGroup(
        name: "Store",
        subcommands: [
          VerifyCommand.self, FsckCommand.self, DoctorCommand.self, CompletionsCommand.self,
          ReferenceCommand.self,
        ]),
    ])

  static func main() {
    let words = CommandLine.arguments.dropFirst()
    // The most common request is answered without building the parser.
    if words.count == 1, words.first == "--version" {
      return Terminal(color: .never, environment: [:]).output(version)
    }
    if words.isEmpty || (words.count == 1 && ["--help", "-h", "help"].contains(words.first)) {
      let terminal = Terminal(color: .auto, environment: ProcessEnvironment.all)
      for line in HelpScreen(style: terminal.outputStyle).lines { terminal.output(line) }
      return
    }
    do {
      try checkCommand(words.first == "help" ? words.dropFirst().first : words.first)
      var command = try parseAsRoot()
      try command.run()
      try Terminal.checkOutput()
    } catch  where exitCode(for: error) == .success {
      // Requested output is not a failure: help, and completions.
      exit(withError: error)
    } catch {
      let report = failure(error)
      let wishes = OutputWishes(words: Array(words))
      report.write(to: wishes.terminal, isJSON: wishes.isJSON)
      Glibc.exit(report.status.rawValue)
    }
  }

  /// The report of an error of ours or of the argument parser.
  private static func failure(_ error: any Error) -> FailureReport {
    switch error {
    case let error as CommandError: return FailureReport(error.status, error.description)
    case let error as SpecError: return FailureReport(error)
    default: break
    }
    let status = ExitStatus(of: error)
    guard status == .failure, exitCode(for: error) != .failure else {
      return FailureReport(status, "\(error)\(FailureReport.advice(on: error))")
    }
    let usage = fullMessage(for: error).split(separator: "\n").drop { !$0.hasPrefix("Usage: ") }
    // The parser begins its sentences with a capital; here they follow a colon.
    let words = message(for: error)
    let isWord = words.dropFirst().first?.isLowercase ?? false
    let message =
      (isWord ? words.prefix(1).lowercased() : String(words.prefix(1)))
      + words.dropFirst()
      + (words.contains("'<spec>'") ? SpecFile.examples : "")
    return FailureReport(.usage, message) { style in
      (["\(style.red("error")): \(message.shown)"] + usage.map(String.init))
        .joined(separator: "\n")
    }
  }

  /// Names that other programs use for our commands.
  private static let elsewhere = [
    "resume": "`pipeline run` resumes from the last checkpoint automatically",
    "continue": "`pipeline run` resumes from the last checkpoint automatically",
    "train": "`pipeline run SPEC --to train` runs the stages up to it",
    "list": "`pipeline runs` lists the runs", "ls": "`pipeline runs` lists the runs",
    "diff": "`pipeline compare RUN RUN` compares runs",
    "validate": "`pipeline check SPEC` checks a spec",
    "lint": "`pipeline check SPEC` checks a spec",
    "graph": "`pipeline dag SPEC` shows the stages",
    "gc": "a store cannot be cleaned up yet; `pipeline fsck` checks what is in it",
    "clean": "a store cannot be cleaned up yet; `pipeline run --force STAGE` recomputes a stage",
  ]

  /// Answers a misspelt command before the parser calls it an unexpected argument.
  private static func checkCommand(_ word: String?) throws(CommandError) {
    guard let word, !["help", "--help", "-h", "--version"].contains(word),
      !word.hasPrefix("---"), !word.hasPrefix("--generate-completion-script")
    else { return }
    if word.hasPrefix("-") {
      let unknown = UnknownName(kind: "option", name: word, known: ["--help", "--version"])
      throw CommandError(
        .usage, unknown.description + ". Options of a command follow its name")
    }
    if word == "version" {
      throw CommandError(.usage, "to show the version: pipeline --version")
    }
    if let answer = elsewhere[word] {
      throw CommandError(.usage, "there is no `\(word)`: \(answer)")
    }
    let known = configuration.subcommands
    let names = known.compactMap { $0.configuration.commandName }
    guard !names.contains(word) else { return }
    let shown = known.filter { $0.configuration.shouldDisplay }
      .compactMap { $0.configuration.commandName }
    let unknown = UnknownName(kind: "command", name: word, known: shown)
    throw CommandError(
      .usage,
      unknown.description + (unknown.nearest == nil ? "" : " All commands: pipeline --help"))
  }
}
