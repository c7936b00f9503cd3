import Foundation
import Programs
import Testing

/// `Scripts/setup` with programs of the tests in place of the package manager's.
@Suite("The installation of missing packages")
struct SetupTests {
  private static let lock =
    "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1 (apt-get)"

  /// Runs the script where `apt-get` fails `failures` times with `message` before it succeeds.
  ///
  /// - Returns: What the script says and how it ends, and how often `apt-get` ran.
  private func run(
    failures: Int, message: String, waits: Int = 300
  ) throws -> (result: ProgramResult, runs: Int) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "setup-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let programs = [
      "dpkg-query": "exit 1", "sleep": "exit 0", "sudo": "exec \"$@\"",
      "apt-get": """
      echo run >> \(folder.path)/runs
      [ "$(wc -l < \(folder.path)/runs)" -gt \(failures) ] && exit 0
      echo '\(message)' >&2
      exit 100
      """,
    ]
    for (name, script) in programs {
      let file = folder.appending(path: name)
      try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scripts/setup")
    let path = "\(folder.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    let result = try Program(
      "/usr/bin/env", ["PATH=\(path)", "SETUP_WAITS=\(waits)", script.path, "build"], errors: .read
    ).result()
    let runs = try String(contentsOf: folder.appending(path: "runs"), encoding: .utf8)
    return (result, runs.split(separator: "\n").count)
  }

  @Test("waits for another package manager and says so once")
  func waiting() throws {
    let (result, runs) = try run(failures: 3, message: Self.lock)
    #expect(result.status == 0)
    #expect(runs == 5, "three failures, then update and install")
    let notices = result.errors.split(separator: "\n").filter { $0.contains("waiting") }
    #expect(notices.count == 1, "\(result.errors)")
    #expect(!result.errors.contains("Could not"))
  }

  @Test("ends with what apt-get says when the lock is not freed in time")
  func patience() throws {
    let (result, _) = try run(failures: 1000, message: Self.lock, waits: 0)
    #expect(result.status == 69)
    #expect(result.errors.contains(Self.lock))
  }

  @Test("does not wait for other failures")
  func failure() throws {
    let (result, runs) = try run(failures: 1000, message: "E: Unable to locate package x")
    #expect(result.status == 69)
    #expect(runs == 1)
    #expect(result.errors.contains("Unable to locate package x"))
    #expect(!result.errors.contains("waiting"))
  }
}
