public import Settings

extension CommandStep {
  public static let word = "command"
  public static let summary =
    "Run a program of your own on declared inputs, and keep its declared outputs."

  public static let settings = [
    Setting<Self>(
      "shell", \.shell, .text(), "A script for `sh -e`: the first command that fails ends it."),
    Setting(
      "argv", \.argv, .list(.text(), atLeast: 1),
      "The program and its arguments, without a shell."),
    Setting(
      "inputs", \.inputs, .map(keys: .outputName, .outputOrFile),
      "What the program reads, a script of your own among it: copies, by these names, in the "
        + "folder that it runs in."),
    Setting(
      "outputs", \.outputs, .list(.text(.outputName), atLeast: 1), isRequired: true,
      "The files that it writes into that folder."),
    Setting(
      "environment", \.environment, .map(keys: .name, .text()),
      "Variables that it sees, beside PATH and a few constants."),
    Setting(
      "timeout", \.timeout, .number(.openClosed(0, 31_536_000)), role: .execution,
      "The longest time that it may take, in seconds."),
  ]

  /// What no setting shows by itself: one of two ways to say the command, and names that collide.
  public func complaints() -> [Complaint] {
    var complaints: [Complaint] = []
    switch (shell, argv) {
    case (nil, nil):
      complaints.append(
        Complaint("", "needs a command: `shell: \"…\"` for a script or `argv: […]` for a program"))
    case (.some, .some):
      complaints.append(Complaint("argv", "`argv` and `shell` are two ways to say it; keep one"))
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
