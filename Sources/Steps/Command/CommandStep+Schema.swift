public import PipelineSpec

extension CommandStep {
  public static let schema = StepSchema(
    kind: "command", version: 1,
    summary: "Run a program of your own on declared inputs, and keep its declared outputs.",
    fields: [
      Field(
        "shell", .string(.any), .optional,
        summary: "A script for `sh -e`: the first command that fails ends it."),
      Field(
        "argv", .list(.string(.any), atLeast: 1), .optional,
        summary: "The program and its arguments, without a shell."),
      Field(
        "inputs", .map(keys: .outputName, .referenceOrPath), .defaults(to: [:]),
        summary:
          "What the program reads, a script of your own among it: copies, by these names, in the "
          + "folder that it runs in."),
      Field(
        "outputs", .list(.string(.outputName), atLeast: 1),
        summary: "The files that it writes into that folder."),
      Field(
        "environment", .map(keys: .name, .string(.any)), .defaults(to: [:]),
        summary: "Variables that it sees, beside PATH and a few constants."),
      Field(
        "timeout", .number(.openClosed(0, 31_536_000)), role: .execution, .optional,
        summary: "The longest time that it may take, in seconds."),
    ],
    outputs: .items(of: "outputs"),
    check: complaints)

  /// What no field shows by itself: one of two ways to say the command, and names that collide.
  private static func complaints(_ settings: SpecRecord) -> [Complaint] {
    var complaints: [Complaint] = []
    switch (settings["shell"], settings["argv"]) {
    case (nil, nil):
      complaints.append(
        Complaint("", "needs a command: `shell: \"…\"` for a script or `argv: […]` for a program"))
    case (.some, .some):
      complaints.append(Complaint("argv", "`argv` and `shell` are two ways to say it; keep one"))
    case (nil, .some(let argv)):
      if argv.list?.first?.string?.isEmpty == true {
        complaints.append(Complaint("argv.0", "the program must not be empty"))
      }
    case (.some(let shell), nil):
      if shell.string?.allSatisfy(\.isWhitespace) == true {
        complaints.append(Complaint("shell", "the script must not be empty"))
      }
    }
    var names = Set((settings["inputs"]?.map ?? []).map(\.key))
    for (index, output) in (settings["outputs"]?.list ?? []).enumerated() {
      let name = output.string ?? ""
      if !names.insert(name).inserted {
        complaints.append(
          Complaint("outputs.\(index)", "`\(name)` is the name of another output or of an input"))
      }
    }
    for member in settings["environment"]?.map ?? []
    where member.key.contains(where: { "-.".contains($0) }) {
      complaints.append(
        Complaint("environment.\(member.key)", "a variable has letters, digits and _ only"))
    }
    return complaints
  }
}
