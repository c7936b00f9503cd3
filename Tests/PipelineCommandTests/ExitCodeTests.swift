import Foundation
import Programs
import Testing

@Suite("The exit codes")
struct ExitCodeTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// The codes that the documentation promises.
  private func documented() throws -> Set<Int32> {
    let page = try String(
      contentsOf: DocumentationTests.root.appending(path: "Documentation/CommandLine.md"),
      encoding: .utf8)
    let table = page.split(separator: "## Exit codes")[1].split(separator: "\n## ")[0]
    return Set(
      table.split(separator: "\n").compactMap { line in
        line.split(separator: "|").first.flatMap { Int32($0.filter { $0 != " " }) }
      })
  }

  @Test("that are documented are those that happen, each in its case")
  func everyCode() throws {
    var seen: Set<Int32> = []
    func expect(_ status: Int32, _ result: CommandResult) {
      #expect(result.status == status, "\(result.errors)")
      #expect(status == 0 || !result.errors.isEmpty || !result.output.isEmpty)
      seen.insert(result.status)
    }
    expect(0, try workshop.run(["check", "spec.yaml"]))
    expect(1, try workshop.run(["run", "spec.yaml", "--require-cached"]))
    expect(64, try workshop.run(["run", "--bogus"]))
    expect(65, try predictGarbage())
    expect(69, try workshop.run(["run", "spec.yaml", "--offline"], store: "other"))
    _ = try workshop.run(["init", "twice"])
    expect(73, try workshop.run(["init", "twice"]))
    // A file that can be opened, and whose first page can never be read.
    expect(74, try workshop.run(["check", "/proc/self/mem"]))
    expect(75, try lockTimeout())
    expect(78, try workshop.run(["check", "spec.yaml", "--set", "train.epocs=1"]))
    for signal in [SIGINT, SIGTERM] { expect(128 + signal, try interrupted(by: signal)) }
    #expect(try seen == documented())
  }

  private func predictGarbage() throws -> CommandResult {
    try workshop.run(["predict", "spec.yaml", "mirror/test-images"])
  }

  private func interrupted(by signal: Int32) throws -> CommandResult {
    var isAsked = false
    return try workshop.runPipeline(["--set", "train.epochs=60", "--fresh"]) { process, line in
      guard !isAsked, line.contains(#""event":"checkpoint""#) else { return }
      isAsked = true
      process.send(signal)
    }
  }

  /// One run holds the lock of a key while another asks for it.
  private func lockTimeout() throws -> CommandResult {
    try workshop.write(
      Array(
        """
        version: 1
        name: locked
        seed: 1
        stages:
          slow: {step: command, shell: "echo go; sleep 600", outputs: [x]}

        """.utf8), "locked.yaml")
    var second: CommandResult?
    _ = try workshop.run(["run", "locked.yaml", "--json"]) { process, line in
      guard line.contains(#""event":"output""#) else { return }
      second = try? workshop.run(["run", "locked.yaml", "--lock-timeout", "0.3"])
      process.send(SIGTERM)
    }
    let result = try #require(second)
    #expect(result.errors.contains("waiting for") && result.errors.contains("locked.yaml"))
    return result
  }
}
