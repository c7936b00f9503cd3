import Foundation
import Programs
import Testing
import Thoroughness

/// Whether the programs that the crash tests stand on are there.
private enum CrashTools {
  static let areThere =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
    && ["cc", "clang", "gcc"].contains {
      FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
    }

  /// `Scripts/crash`, found from this file.
  static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scripts/crash").path
}

/// A number of cases: a third of `count` where this build samples.
private func share(of count: Int) -> Int { Thoroughness.count(count, sampledBy: 3) }

/// A sample of what `Scripts/crash --all` (`make crash`) does at every call.
@Suite(
  "A crash of the whole program",
  .enabled(if: CrashTools.areThere, "needs /usr/bin/python3 and a C compiler"))
struct CrashTests {
  /// Runs the script, whose exit code is 1 where the oracle found something.
  @discardableResult
  private func crash(_ options: [String]) throws -> String {
    let result = try Program(
      "/usr/bin/python3",
      [CrashTools.script, "--epochs", "2"] + options + [CommandRun.program.path],
      errors: .withOutput
    ).result()
    let text = result.text
    #expect(result.status == 0, "\(text)")
    #expect(text.contains("\ncrash: faults "), "\(text)")
    return text
  }

  @Test("by SIGKILL at calls from the first to the last loses nothing")
  func killedAtCalls() throws { try crash(["--sweep", "--per-call", "\(share(of: 12))"]) }

  @Test(
    "by a refused call ends with 74 and loses nothing, by an interrupted or short one does no harm")
  func refusedCalls() throws { try crash(["--errors", "--per-call", "\(share(of: 4))"]) }

  @Test("at any time loses nothing")
  func killedAtTimes() throws { try crash(["--kills", "--kills-count", "\(share(of: 5))"]) }

  @Test("by a power cut loses nothing that was durable")
  func powerCuts() throws {
    let text = try crash(["--power", "--cuts", "\(share(of: 8))"])
    if text.contains("SKIPPED") { print("power cuts of the whole program: \(text)") }
  }

  @Test("of the disk is found by fsck and never served")
  func damage() throws {
    try crash([
      "--damage", "--flip-bytes", "\(share(of: 4))", "--large-flips", "\(share(of: 12))",
      "--deletions", "\(share(of: 9))", "--run-every", "3",
    ])
  }
}

/// Interruptions that need no tracing: of a training that saves often.
@Suite("A training that is interrupted again and again")
struct RepeatedInterruptionTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.write(Array(workshop.spec(epochs: 20).utf8), "spec.yaml")
  }

  @Test("many times ends with the digests of an undisturbed one, nothing repeated in its trace")
  func manyKills() throws {
    let undisturbed = try workshop.runPipeline(store: "undisturbed")
    var kills = 0
    while kills < share(of: 20) {
      var hasKilled = false
      let result = try workshop.runPipeline { process, line in
        guard !hasKilled, line.contains(#""event":"checkpoint""#) else { return }
        hasKilled = true
        process.send(SIGKILL)
      }
      try #require(hasKilled && result.status == 128 + SIGKILL, "\(result.status) after \(kills)")
      kills += 1
    }
    let finished = try workshop.runPipeline()
    #expect(finished.states["train"] == "resumed")
    #expect(finished.digests == undisturbed.digests)
    #expect(try workshop.run(["fsck"]).status == 0)
  }

  @Test("at any step goes on from that step, and repeats or drops no line of its trace")
  func anyStep() throws {
    let every = ["--set", "train.checkpoint.every_steps=1", "--set", "train.epochs=2"]
    let undisturbed = try workshop.runPipeline(every, store: "undisturbed")
    let steps = try #require(
      (undisturbed.stages["train"]?["metrics"] as? [String: Any])?["steps"] as? Int)
    #expect(steps > 20)
    var resumed: Set<Int> = []
    let tried = Array(stride(from: 1, to: steps, by: steps / share(of: steps)))
    for step in tried {
      let store = "step-\(step)"
      var seen = 0
      _ = try workshop.runPipeline(every, store: store) { process, line in
        guard line.contains(#""event":"checkpoint""#) else { return }
        seen += 1
        if seen == step { process.send(SIGKILL) }
      }
      let finished = try workshop.runPipeline(every, store: store)
      #expect(finished.digests == undisturbed.digests, "killed after step \(step)")
      let from = finished.stages["train"]?["resumed_from"] as? [String: Any]
      if let place = from?["step"] as? Int {
        resumed.insert(place)
        // The end of an epoch has a checkpoint of its own beside that of its last step.
        #expect(place >= step - 1)
      }
    }
    #expect(resumed.count > tried.count / 2, "\(resumed.sorted())")
  }

  @Test("leaves at once at a second signal, and the store is valid")
  func secondSignal() throws {
    var seen = 0
    let left = try workshop.runPipeline { process, line in
      guard line.contains(#""event":"checkpoint""#) else { return }
      seen += 1
      guard seen == 3 else { return }
      // Stopped first, so that both signals are there before the process can act on one.
      let id = process.identifier
      for number in [SIGSTOP, SIGINT, SIGTERM, SIGCONT] { kill(id, number) }
    }
    #expect([128 + SIGINT, 128 + SIGTERM].contains(left.status), "\(left.status)")
    #expect(left.events.last?["event"] as? String != "run.end", "it did not wait for a checkpoint")
    #expect(try workshop.run(["fsck"]).status == 0)
    let finished = try workshop.runPipeline()
    #expect(finished.states["train"] == "resumed")
    #expect(finished.digests == (try workshop.runPipeline(store: "other")).digests)
  }

  @Test("takes a download that was complete but not published, and drops one that is wrong")
  func completePart() throws {
    let key = try #require(
      try workshop.runPipeline(["--to", "download"], store: "other").stages["download"]?["key"]
        as? String)
    #expect(try workshop.runPipeline(mirror: "nowhere").status == 69)
    let folder = "store/cache/partial/\(key.dropFirst("sha256:".count))"
    for name in ["train-images", "train-labels"] {
      var bytes = try workshop.bytes("mirror/\(name)")
      if name == "train-labels" { bytes[20] ^= 1 }
      try workshop.write(bytes, "\(folder)/0-\(name).idx")
    }
    let result = try workshop.runPipeline(["--to", "download"])
    #expect(result.status == 0, "\(result.errors)")
  }
}
