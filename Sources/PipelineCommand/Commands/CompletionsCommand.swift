internal import ArgumentParser

/// `pipeline completions`: the script that lets a shell complete commands, stages and runs.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print the completion script for a shell.",
    usage: "pipeline completions <shell>",
    discussion: """
      EXAMPLES
        pipeline completions bash > ~/.local/share/bash-completion/completions/pipeline
        pipeline completions zsh > ~/.zfunc/_pipeline
        pipeline completions fish > ~/.config/fish/completions/pipeline.fish
      """)

  @OptionGroup var shared: SharedOptions

  @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
  var shell: String

  func run() throws {
    guard let known = CompletionShell(rawValue: shell) else {
      throw CommandError(
        .usage,
        UnknownName(kind: "shell with completions", name: shell, known: ["bash", "zsh", "fish"])
          .description)
    }
    shared.terminal.output(PipelineCommand.completionScript(for: known))
  }
}
