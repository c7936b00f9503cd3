import Foundation
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
      if seen == number { kill(process.processIdentifier, signal) }
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
}
