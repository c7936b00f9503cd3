import Foundation
import Testing

/// Whether the programs that the crash tests stand on are there.
private enum CrashTools {
  static let strace = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")
  static let python = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  /// `Scripts/crash`, found from this file.
  static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scripts/crash").path
}

/// A sample of what `Scripts/crash --all` (`make crash`) does at every call.
@Suite("A crash of the whole program")
struct CrashTests {
  /// Runs the script, whose exit code is 1 where the oracle found something.
  private func crash(_ options: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments =
      [CrashTools.script, "--epochs", "2"] + options + [CommandRun.program.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.contains("\ncrash: faults "), "\(text)")
  }

  @Test(
    "by SIGKILL in the middle of each kind of call loses nothing",
    .enabled(if: CrashTools.strace && CrashTools.python, "needs strace and python3"))
  func killedAtCalls() throws { try crash(["--sweep", "--per-call", "1"]) }

  @Test(
    "by a refused call ends with 74 and loses nothing",
    .enabled(if: CrashTools.strace && CrashTools.python, "needs strace and python3"))
  func refusedCalls() throws { try crash(["--errors", "--per-call", "1"]) }

  @Test(
    "at any time loses nothing", .enabled(if: CrashTools.python, "needs python3"))
  func killedAtTimes() throws { try crash(["--kills", "--kills-count", "5"]) }

  @Test(
    "of the disk is found by fsck and never served",
    .enabled(if: CrashTools.python, "needs python3"))
  func damage() throws {
    try crash(["--damage", "--flip-bytes", "5", "--large-flips", "12", "--deletions", "4"])
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

  @Test("twenty times ends with the digests of an undisturbed one, nothing repeated in its trace")
  func twentyKills() throws {
    let undisturbed = try workshop.runPipeline(store: "undisturbed")
    var kills = 0
    while kills < 20 {
      var hasKilled = false
      let result = try workshop.runPipeline { process, line in
        guard !hasKilled, line.contains(#""event":"checkpoint""#) else { return }
        hasKilled = true
        kill(process.processIdentifier, SIGKILL)
      }
      try #require(hasKilled && result.status == 128 + SIGKILL, "\(result.status) after \(kills)")
      kills += 1
    }
    let finished = try workshop.runPipeline()
    #expect(finished.states["train"] == "resumed")
    #expect(finished.digests == undisturbed.digests)
    #expect(try workshop.run(["fsck"]).status == 0)
  }

  @Test("leaves at once at a second signal, and the store is valid")
  func secondSignal() throws {
    var seen = 0
    let left = try workshop.runPipeline { process, line in
      guard line.contains(#""event":"checkpoint""#) else { return }
      seen += 1
      guard seen == 3 else { return }
      // Stopped first, so that both signals are there before the process can act on one.
      let id = process.processIdentifier
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
