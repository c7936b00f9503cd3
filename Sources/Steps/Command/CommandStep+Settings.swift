public import Settings

extension CommandStep {
  public static let word = "command"
  public static let summary =
    "Run your own program on declared inputs and keep its declared outputs."

  public static let settings = [
    Setting<Self>(
      "shell", \.shell, .text(), "A script for `sh -e`: the first command that fails ends it."),
    Setting(
      "argv", \.argv, .list(.text(), atLeast: 1),
      "The program and its arguments, without a shell."),
    Setting(
      "inputs", \.inputs, .map(keys: .outputName, .outputOrFile),
      "The files that the program reads, scripts included; each is copied under its name into the "
        + "working folder."),
    Setting(
      "outputs", \.outputs, .list(.text(.outputName), atLeast: 1), isRequired: true,
      "The files that the program writes into its working folder."),
    Setting(
      "environment", \.environment, .map(keys: .name, .text()),
      "Environment variables, in addition to PATH and a few constants."),
    Setting(
      "timeout", \.timeout, .number(.openClosed(0, 31_536_000)), role: .execution,
      "The time limit, in seconds."),
  ]

  /// Rules between settings: one of two ways to give the command, and colliding names.
  public func complaints() -> [Complaint] {
    var complaints: [Complaint] = []
    switch (shell, argv) {
    case (nil, nil):
      complaints.append(
        Complaint("", "needs a command: `shell: \"…\"` for a script or `argv: […]` for a program"))
    case (.some, .some):
      complaints.append(Complaint("argv", "`argv` and `shell` exclude each other; keep one"))
    case (nil, .some(let argv)):
      if argv.first?.isEmpty == true {
        complaints.append(Complaint("argv.0", "the program must not be empty"))
      }
    case (.some(let shell), nil):
      if shell.allSatisfy(\.isWhitespace) {
        complaints.append(Complaint("shell", "the script must not be empty"))
      }
    }
    var names = Set(inputs.map(\.name))
    for (index, name) in outputs.enumerated() where !names.insert(name).inserted {
      complaints.append(
        Complaint("outputs.\(index)", "`\(name)` is the name of another output or of an input"))
    }
    for variable in environment where variable.name.contains(where: { "-.".contains($0) }) {
      complaints.append(
        Complaint("environment.\(variable.name)", "a variable has letters, digits and _ only"))
    }
    return complaints
  }
}
