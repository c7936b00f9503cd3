import Foundation
import Programs
import Testing

@Suite("A run that is interrupted")
struct InterruptionTests {
  let workshop: Workshop

  /// Long enough that a signal always finds it at work: hundreds of checkpoints follow the first ones.
  init() throws {
    workshop = try Workshop()
    try workshop.write(Array(workshop.spec(epochs: 60).utf8), "spec.yaml")
  }

  /// Runs and sends a signal when the training has saved its n-th checkpoint of this process.
  private func interrupt(atCheckpoint number: Int, signal: Int32) throws -> CommandResult {
    var seen = 0
    return try workshop.runPipeline { process, line in
      guard line.contains(#""event":"checkpoint""#) else { return }
      seen += 1
      if seen == number { process.send(signal) }
    }
  }

  @Test("goes on after each of three kills, and ends with the digests of an undisturbed run")
  func kills() throws {
    let undisturbed = try workshop.runPipeline(store: "undisturbed")
    for checkpoint in [2, 5, 7] {
      let killed = try interrupt(atCheckpoint: checkpoint, signal: SIGKILL)
      #expect(killed.status == 128 + SIGKILL)
    }
    let finished = try workshop.runPipeline()
    #expect(finished.states["train"] == "resumed")
    #expect(finished.states["download"] == "hit")
    #expect(finished.digests == undisturbed.digests)
    let check = try workshop.run(["fsck", "--json"])
    #expect(check.status == 0, "\(check.output)")
  }

  @Test(
    "saves a checkpoint at the first signal and says how to go on",
    arguments: [SIGINT, SIGTERM])
  func signals(signal: Int32) throws {
    let interrupted = try interrupt(atCheckpoint: 3, signal: signal)
    #expect(interrupted.status == 128 + signal)
    #expect(interrupted.errors.contains("pipeline run spec.yaml"))
    #expect(interrupted.events.last?["status"] as? String == "interrupted")
    let finished = try workshop.runPipeline()
    #expect(finished.states["train"] == "resumed")
    #expect(finished.digests == (try workshop.runPipeline(store: "other")).digests)
  }

  @Test("begins anew with --fresh")
  func fresh() throws {
    _ = try interrupt(atCheckpoint: 4, signal: SIGKILL)
    let finished = try workshop.runPipeline(["--fresh"])
    #expect(finished.states["train"] == "ran")
    #expect(finished.digests == (try workshop.runPipeline(store: "other")).digests)
  }

  @Test("names the command that goes on, with every option but --fresh, as a shell reads it")
  func hint() throws {
    var isAsked = false
    let store = "it's a $store\u{1b}[1m\u{202e}7"
    let interrupted = try workshop.runPipeline(
      [
        "--fresh", "--lock-timeout", "30", "--tag", "later", "--set", "train.epochs=61",
        "--set", "report.title=\"Tiny; it's $HOME\"",
      ], store: store
    ) { process, line in
      guard !isAsked, line.contains(#""event":"checkpoint""#) else { return }
      isAsked = true
      process.send(SIGINT)
    }
    let next = try #require(interrupted.failure?["next"] as? String)
    #expect(next.contains("--lock-timeout 30") && !next.contains("--fresh"), "\(next)")
    #expect(!next.unicodeScalars.contains("\u{1b}") && !next.unicodeScalars.contains("\u{202e}"))
    let programs = CommandRun.program.deletingLastPathComponent().path
    let finished = CommandResult(
      try Program(
        "/bin/bash", ["-c", next], environment: ["PATH": programs + ":/usr/bin:/bin"],
        folder: workshop.folder
      ).result())
    #expect(finished.states["train"] == "resumed")
    let record = try #require(
      try workshop.run(["show", "later", "--json"], store: store).events.last)
    #expect(record["run"] as? String == finished.events.last?["run"] as? String)
    #expect(
      record["overrides"] as? [String] == [
        "train.epochs=61", "report.title=\"Tiny; it's $HOME\"",
      ])
  }

  @Test("shows the stage as stopped, not as failed, wherever a state is shown")
  func word() throws {
    let interrupted = try interrupt(atCheckpoint: 3, signal: SIGINT)
    // The contract of the states has no such word; it has a member of its own.
    #expect(interrupted.states["train"] == "failed")
    #expect(interrupted.stages["train"]?["interrupted"] as? Bool == true)
    for arguments in [["show"], ["runs"], ["logs", "--stage", "train"]] {
      let text = try workshop.run(arguments).output
      #expect(text.contains("stopped") && !text.contains("failed"), "\(arguments): \(text)")
      #expect(!text.contains("✗"), "\(text)")
    }
    #expect(try workshop.run(["runs", "--status", "interrupted"]).output.contains("■"))
    _ = try workshop.run(["report", "-o", "page.html"])
    _ = try workshop.run(["report", "--index", "-o", "index.html"])
    let page = String(decoding: try workshop.bytes("page.html"), as: UTF8.self)
    #expect(page.contains(#"<span class="pill interrupted">stopped</span>"#))
    #expect(page.contains("train was stopped; its last checkpoint: epoch"))
    #expect(!page.contains("pill failed"))
    let index = String(decoding: try workshop.bytes("index.html"), as: UTF8.self)
    #expect(index.contains("Interrupted") && !index.contains("pill failed"))
  }
}
