import Foundation
import Programs
import Testing

@Suite("A stage that is a program")
struct ProgramTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// A spec with the given stages over the files `words.txt` and `count.py`.
  private func write(_ stages: String) throws {
    try workshop.write(Array("one two\nthree\n".utf8), "words.txt")
    try workshop.write(
      Array("print(len(open('words').read().split()), file=open('count', 'w'))\n".utf8), "count.py")
    try workshop.write(
      Array("version: 1\nname: programs\nseed: 1\nstages:\n\(stages)".utf8), "programs.yaml")
  }

  private func run(_ arguments: [String] = [], store: String = "store") throws -> CommandResult {
    try workshop.run(["run", "programs.yaml", "--json"] + arguments, store: store)
  }

  private let chain = """
      upper:
        step: command
        shell: |
          tr a-z A-Z < words > upper.txt
          echo said
          echo warned >&2
        inputs: {words: ./words.txt}
        outputs: [upper.txt]
      count:
        step: command
        argv: [python3, count.py]
        inputs: {words: upper/upper.txt, count.py: ./count.py}
        outputs: [count]

    """

  @Test("passes files along, and is a hit while what it reads holds the same bytes")
  func caching() throws {
    try write(chain)
    let first = try run()
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.states == ["upper": "ran", "count": "ran"])
    let exported = try workshop.run(["export", "latest", "count/count", "-o", "count.out"])
    #expect(exported.status == 0, "\(exported.errors)")
    #expect(try workshop.bytes("count.out") == Array("3\n".utf8))
    #expect(Set(try run().states.values) == ["hit"])
    // The path is not in the key: the same bytes elsewhere are a hit.
    let spec = String(decoding: try workshop.bytes("programs.yaml"), as: UTF8.self)
    try workshop.write(try workshop.bytes("words.txt"), "elsewhere.txt")
    try workshop.write(
      Array(spec.replacingOccurrences(of: "./words.txt", with: "./elsewhere.txt").utf8),
      "programs.yaml")
    #expect(Set(try run().states.values) == ["hit"])
    // Other bytes with the same outcome: only what reads them runs.
    try workshop.write(Array("One two\nthree\n".utf8), "elsewhere.txt")
    #expect(try run().states == ["upper": "ran", "count": "hit"])
    try workshop.write(Array("print(0, file=open('count', 'w'))\n".utf8), "count.py")
    #expect(try run().states == ["upper": "hit", "count": "ran"])
    #expect(try workshop.run(["verify", "latest"]).status == 0)
  }

  @Test("writes its lines to the log of the run")
  func log() throws {
    try write(chain)
    let result = try run()
    let lines = result.events.filter { $0["event"] as? String == "output" }
    #expect(
      Set(lines.map { "\($0["stream"] ?? "") \($0["text"] ?? "")" }) == [
        "stdout said", "stderr warned",
      ])
    #expect(lines.allSatisfy { $0["stage"] as? String == "upper" })
    #expect(try workshop.run(["logs", "--stage", "upper"]).output.contains("warned"))
  }

  @Test("that fails is shown with its exit code and its last lines")
  func failing() throws {
    try write(
      "  bad: {step: command, shell: \"echo before; echo cause >&2; false; echo after\", outputs: [x]}\n"
    )
    let result = try run()
    #expect(result.status == 1)
    #expect(result.errors.contains("exit code 1") && result.errors.contains("cause"))
    #expect(!result.errors.contains("after"))
    #expect(result.states == ["bad": "failed"])
    try write("  bad: {step: command, shell: \"kill -9 $$\", outputs: [x]}\n")
    #expect(try run().errors.contains("signal 9"))
    try write("  bad: {step: command, argv: [no-such-program], outputs: [x]}\n")
    #expect(try run().errors.contains("no program “no-such-program”"))
    try write("  bad: {step: command, shell: \"touch y\", outputs: [x]}\n")
    let missing = try run()
    #expect(missing.errors.contains("“x”") && missing.errors.contains("it wrote y"))
    try write("  bad: {step: command, shell: \"ln -s /etc/passwd x\", outputs: [x]}\n")
    #expect(try run().status == 1)
    try write("  bad: {step: command, shell: \"sleep 60\", outputs: [x], timeout: 0.2}\n")
    let slow = try run()
    #expect(slow.status == 1 && slow.errors.contains("timeout"))
    // A failure leaves nothing in the store that a check would find.
    let check = try workshop.run(["fsck", "--json"])
    #expect(check.status == 0, "\(check.output)")
    #expect(check.events.last?["leftovers"] as? [String] == [])
  }

  @Test("sees a clean folder and the same few variables, and nothing of its user's")
  func environment() throws {
    try write(
      "  look: {step: command, shell: \"env | sed 's/=.*//' | sort > names; ls > files; echo $MODE > mode\","
        + " outputs: [names, files, mode], environment: {MODE: fast}}\n")
    let result = try workshop.run(
      ["run", "programs.yaml", "--json"], environment: ["SECRET": "1", "PYTHONPATH": "/x"])
    #expect(result.status == 0, "\(result.errors)")
    _ = try workshop.run(["export", "latest", "--all", "-o", "out"])
    let names = String(decoding: try workshop.bytes("out/look/names"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(!names.contains("SECRET") && !names.contains("PYTHONPATH"))
    #expect(Set(names).isSuperset(of: ["PATH", "HOME", "MODE", "TZ", "LC_ALL"]))
    #expect(try workshop.bytes("out/look/files") == Array("files\nnames\n".utf8))
    #expect(try workshop.bytes("out/look/mode") == Array("fast\n".utf8))
    #expect(try run(["--set", "look.environment.MODE=slow"]).states == ["look": "ran"])
  }

  @Test(
    "is ended by an interruption, and what it has started with it", arguments: [SIGINT, SIGTERM])
  func interruption(signal: Int32) throws {
    try write(
      "  wait: {step: command, shell: \"sleep 600 & echo $!; wait\", outputs: [x]}\n")
    var child: pid_t = 0
    let result = try workshop.run(["run", "programs.yaml", "--json"]) { process, line in
      guard line.contains(#""event":"output""#),
        let value = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      else { return }
      child = pid_t(value["text"] as? String ?? "") ?? 0
      process.send(signal)
    }
    #expect(result.status == 128 + signal)
    #expect(child > 0)
    // Gone, or dead and not yet collected by whoever adopted it.
    let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
    #expect(state == nil || state?.contains(") Z") == true)
  }

  /// Stages that are wrong, and a word of what the answer must name.
  static let wrong = [
    ("outputs: [x]", "shell"), ("shell: a, argv: [b], outputs: [x]", "exclude each other"),
    ("shell: \" \", outputs: [x]", "empty"), ("argv: [\"\"], outputs: [x]", "empty"),
    ("argv: [], outputs: [x]", "argv"), ("shell: a, outputs: []", "outputs"),
    ("shell: a", "outputs"),
    ("shell: a, outputs: [x, x]", "another output"), ("shell: a, outputs: [../x]", "outputs"),
    ("shell: a, inputs: {x: ./words.txt}, outputs: [x]", "input"),
    ("shell: a, outputs: [x], timeout: 0", "timeout"),
    ("shell: a, outputs: [x], environment: {A-B: c}", "variable"),
    ("shel: a, outputs: [x]", "did you mean"), ("shell: a, outputs: [x], seed: 3", "seed"),
  ]

  @Test("is checked before anything runs", arguments: wrong)
  func checking(settings: String, word: String) throws {
    try write("  bad: {step: command, \(settings)}\n")
    let result = try run()
    #expect(result.status == 78, "\(result.errors)")
    #expect(
      result.errors.contains("programs.yaml:5:") && result.errors.contains(word), "\(result.errors)"
    )
  }
}
