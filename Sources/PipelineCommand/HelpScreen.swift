internal import ArgumentParser

/// What `pipeline --help` prints: all commands on one screen of 24 lines and 80 columns.
struct HelpScreen {
  let style: Style

  var lines: [String] {
    var lines = [
      "\(style.bold("pipeline")) \(PipelineCommand.version) · experiments in machine learning that can be proved",
      "Usage: pipeline COMMAND [options]         about one: pipeline help COMMAND", "",
    ]
    for group in PipelineCommand.configuration.groupedSubcommands {
      let shown = group.subcommands.filter { $0.configuration.shouldDisplay }
      for (index, command) in shown.enumerated() {
        let label = (index == 0 ? group.name : "").padded(to: 6)
        let name = (command.configuration.commandName ?? "").padded(to: 11)
        lines.append("\(style.dim(label)) \(style.bold(name)) \(command.configuration.abstract)")
      }
    }
    return lines + [
      "",
      "Begin with: pipeline init · pipeline run SPEC · pipeline explain SPEC STAGE",
    ]
  }
}

/// All commands, their options and the exit codes: `Documentation/CommandLine.md`.
struct CommandReference {
  /// The variables that are read, and what each is.
  static let variables = [
    ("PIPELINE_STORE", "the store, instead of `artifacts`"),
    ("PIPELINE_MIRRORS", "folders or URLs that hold files, separated by colons"),
    ("PIPELINE_ISA", "the instruction set: auto, v2, v3 or v4"),
  ]

  private static let failures = """

    ## Failures for programs

    With `--json` a failure is one object on standard error, the only line there. Its `kind` is the name of
    the exit code, which is that without `--json`:

    ```json
    {"code":64,"kind":"usage","message":"no run is named “basline”; did you mean “baseline”?","schema":"pipeline.error/1"}
    ```

    `run` adds the `run` and its `stage`, and where something can go on the `checkpoint` and the `next` command;
    a spec with mistakes has them all as `diagnostics`, with file, line and column
    ([error.schema.json](schemas/error.schema.json)). Standard output keeps to the schema of its command, up to
    the `run.end` of a run that failed. `check`, `verify`, `fsck`, `doctor` and `compare --exit-code` have bad news
    for an answer: it stands on standard output, and there is no failure beside it.

    """

  var text: String {
    var text = """
      # The command line

      This page is written by `pipeline reference --commands`. Data goes to standard output, progress and
      messages to standard error. With `--json` the output is JSON with a versioned `schema`; off a
      terminal there are no escape codes and no carriage returns. Colour: `--color`, then `NO_COLOR`, then
      `FORCE_COLOR`, then `TERM=dumb`, then whether the stream is a terminal.

      | Variable | What it is |
      |---|---|

      """
    for (name, meaning) in Self.variables { text += "| `\(name)` | \(meaning) |\n" }
    text += "\n## Exit codes\n\n| Code | Name | Meaning |\n|---|---|---|\n"
    for status in ExitStatus.allCases {
      text += "| \(status.rawValue) | `\(status.name)` | \(status.meaning) |\n"
    }
    text += Self.failures
    for group in PipelineCommand.configuration.groupedSubcommands {
      for command in group.subcommands where command.configuration.shouldDisplay {
        let help = PipelineCommand.helpMessage(for: command, columns: 96)
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map { line in
          String(line.reversed().drop { $0 == " " }.reversed())
        }
        text += "\n## pipeline \(command.configuration.commandName ?? "")\n\n```text\n"
        text += lines.joined(separator: "\n") + "\n```\n"
      }
    }
    return text
  }
}
