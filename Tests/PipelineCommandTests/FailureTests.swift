import Foundation
import Programs
import Testing

/// What programs read of failures; that people read the same is asked beside it.
@Suite("A failure with --json")
struct FailureTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// Runs a command with and without `--json`, and returns the object that tells of its failure.
  private func failure(
    _ status: Int, _ arguments: [String], store: String = "store"
  ) throws -> [String: Any] {
    let text = try workshop.run(arguments, store: store)
    let result = try workshop.run(arguments + ["--json"], store: store)
    let failure = try #require(
      result.failure, "\(arguments.joined(separator: " ")): \(result.errors)")
    #expect(failure["schema"] as? String == "pipeline.error/1")
    #expect(failure["code"] as? Int == status)
    #expect(Int(result.status) == status && text.status == result.status)
    #expect(text.failure == nil && text.errors.contains("error"))
    return failure
  }

  /// The commands that the documentation names.
  private static func commands() throws -> [String] {
    let page = try String(
      contentsOf: DocumentationTests.root.appending(path: "Documentation/CommandLine.md"),
      encoding: .utf8)
    return page.split(separator: "\n").compactMap { line in
      line.hasPrefix("## pipeline ") ? String(line.dropFirst(12)) : nil
    }
  }

  @Test("is one object on standard error, of each command that cannot be understood")
  func everyCommand() throws {
    let commands = try Self.commands()
    #expect(commands.count >= 17)
    for command in commands {
      let failure = try failure(64, [command, "--bogus"])
      #expect(failure["kind"] as? String == "usage")
      #expect((failure["message"] as? String)?.isEmpty == false)
    }
    let wrong = try failure(64, ["explian"])
    #expect((wrong["message"] as? String)?.contains("did you mean “explain”") == true)
  }

  @Test(
    "conforms to its schema, with the exit code of the same failure in words",
    .enabled(if: SchemaOracle.isPresent, "python3-jsonschema is missing: Scripts/setup test"))
  func everyKind() throws {
    var oracle = SchemaOracle()
    var kinds: Set<String> = []
    func add(_ status: Int, _ arguments: [String], store: String = "store") throws {
      let value = try failure(status, arguments, store: store)
      kinds.insert(value["kind"] as? String ?? "")
      try oracle.add("error", value, arguments.joined(separator: " "))
    }
    for command in ["show", "logs", "report", "verify"] { try add(64, [command], store: "absent") }
    try add(64, ["predict", "absent.safetensors", "mirror/test-images"])
    let wrong = ["spec.yaml", "--set", "train.epocs=3", "--set", "a.b=c"]
    for command in ["run", "status", "dag"] { try add(78, [command] + wrong) }
    try add(78, ["explain", "spec.yaml", "train"] + wrong.dropFirst())
    try add(1, ["run", "spec.yaml", "--require-cached"])
    try add(69, ["run", "spec.yaml", "--offline"])
    try add(65, ["predict", "spec.yaml", "mirror/test-images"])
    _ = try workshop.run(["init", "twice"])
    try add(73, ["init", "twice"])
    try add(74, ["check", "/proc/self/mem"])
    let stopped = try stop(["--set", "train.epochs=60"])
    kinds.insert(stopped.failure?["kind"] as? String ?? "")
    try oracle.add("error", try #require(stopped.failure), "run that is interrupted")
    #expect(
      kinds == [
        "usage", "invalid_spec", "failure", "unavailable", "damaged_data", "cannot_create",
        "input_output", "interrupted",
      ])
    let complaints = try oracle.complaints()
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "; "))")
    let extra =
      ["schema": "pipeline.error/1", "code": 2, "kind": "usage", "message": "x"] as [String: Any]
    var refusing = SchemaOracle()
    try refusing.add("error", extra, "another code")
    #expect(try refusing.complaints().count == 1)
  }

  private func stop(_ arguments: [String]) throws -> CommandResult {
    var isAsked = false
    return try workshop.runPipeline(arguments) { process, line in
      guard !isAsked, line.contains(#""event":"checkpoint""#) else { return }
      isAsked = true
      process.send(SIGINT)
    }
  }

  @Test("has every mistake of a spec with its place")
  func diagnostics() throws {
    let value = try failure(78, ["run", "spec.yaml", "--set", "train.epocs=3", "--set", "a.b=c"])
    let diagnostics = try #require(value["diagnostics"] as? [[String: Any]])
    #expect(diagnostics.count == 2 && value["count"] as? Int == 2)
    #expect(diagnostics.allSatisfy { ($0["text"] as? String)?.isEmpty == false })
  }

  @Test("of a stage names it, beside the run.end on standard output")
  func stage() throws {
    try workshop.write(
      Array(
        """
        version: 1
        name: broken
        seed: 1
        stages:
          wrong: {step: command, shell: "echo gone wrong >&2; exit 3", outputs: [x]}

        """.utf8), "broken.yaml")
    let result = try workshop.run(["run", "broken.yaml", "--json"])
    let failure = try #require(result.failure)
    #expect(result.status == 1 && failure["stage"] as? String == "wrong")
    #expect((failure["message"] as? String)?.contains("gone wrong") == true)
    #expect(result.events.last?["event"] as? String == "run.end")
    #expect(result.events.last?["run"] as? String == failure["run"] as? String)
  }

  @Test("obeys --color, which a spec with mistakes did not")
  func color() throws {
    for arguments in [["check", "spec.yaml", "--set", "a.b=c"], ["show", "absent"]] {
      let colored = try workshop.run(arguments + ["--color", "always"])
      #expect(colored.errors.contains("\u{1b}["), "\(arguments)")
      #expect(try !workshop.run(arguments).errors.contains("\u{1b}["))
    }
  }
}
