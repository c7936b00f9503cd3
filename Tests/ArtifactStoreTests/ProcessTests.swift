import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

/// What happens between processes: exit tests run their bodies in processes of their own.
@Suite("Several processes")
struct ProcessTests {
  /// Some of the calls that change something, or all of them when asked; each costs a process.
  static let killedCalls =
    ProcessInfo.processInfo.environment["PIPELINE_EXHAUSTIVE"] == nil
    ? [4, 19, 38, 57, 71, 83, 95, 104] : Array(1...112)

  @Test(
    "one killed by SIGKILL at a call of a step leaves a store in which the next one succeeds",
    arguments: killedCalls, [true, false])
  func killed(call: Int, before: Bool) async throws {
    let folder = try TemporaryFolder()
    try folder.store().close()
    let path = folder.path.appending("store").string
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, call = call as Int, before = before as Bool] in
      let files = FaultyFiles(
        SystemFiles(), call: call, fault: before ? .killBefore : .killAfter, counting: .changes)
      let store = try ArtifactStore(at: FilePath(path), mode: .openExisting, operations: files)
      try Scenario(name: "killed").perform(on: store)
    }
    let store = try folder.store()
    let scenario = Scenario(name: "killed")
    let found =
      scenario.complaints(about: store) + complaints(afterRedoing: scenario, on: store)
    #expect(found.isEmpty, "\(found)")
  }

  @Test("that is killed lets go of its lock, and whoever waited gets it")
  func handover() async throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let path = store.path.string
    let key = Digest(of: "contested")
    async let holder = #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try ArtifactStore(at: FilePath(path), mode: .openExisting)
      let lock = try store.lock(Digest(of: "contested"), command: "the holder", since: 1) { _, _ in
        .keepWaiting
      }
      // Holds on until the other side has said that it waits.
      while bytes(at: store.path.appending("cache/waiting")) == nil { usleep(1000) }
      kill(getpid(), SIGKILL)
      lock.release()
    }
    while store.lockHolder(of: key)?.command != "the holder" { await Task.yield() }
    #expect(try store.tryLock(key, command: "the other", since: 2) == nil)
    var named: [String?] = []
    let lock = try store.lock(
      key, command: "the other", since: 2, timeout: .seconds(60)
    ) { holder, _ in
      named.append(holder?.command)
      _ = try? Data([1]).write(to: URL(filePath: store.path.appending("cache/waiting").string))
      return .keepWaiting
    }
    #expect(named.first == "the holder")
    #expect(store.lockHolder(of: key)?.command == "the other")
    lock.release()
    _ = await holder
  }

  @Test("may publish the same objects and results at once; two different results are a conflict")
  func publishing() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.store().path.string
    async let first = #expect(processExitsWith: .success) { [path = path as String] in
      try publishMany(at: FilePath(path), last: 1)
    }
    async let second = #expect(processExitsWith: .success) { [path = path as String] in
      try publishMany(at: FilePath(path), last: 2)
    }
    _ = await (first, second)
    let store = try folder.store()
    for number in 0..<40 {
      let lookup = try store.result(
        for: Digest(of: sampleKeyDocument("step \(number)")), trust: .hash)
      guard case .hit = lookup else {
        Issue.record("step \(number): \(lookup)")
        continue
      }
    }
    let report = try store.fsck()
    #expect(report.findings.map(\.kind) == [.conflict])
    #expect(report.leftovers.isEmpty)
    #expect(report.objectCount == 42)
  }
}

/// Publishes forty results that every process agrees on and one of its own for a common key.
private func publishMany(at path: FilePath, last: UInt8) throws {
  let store = try ArtifactStore(at: path, mode: .openExisting)
  // Begins when both are there.
  try store.putBlob([last])
  let other = Content(of: [3 - last])
  while try !store.contains(other) { usleep(1000) }
  for number in 0..<40 {
    try store.publishSample("step \(number)", bytes: sampleBytes(2000, seed: UInt64(number)))
  }
  do {
    try store.publishSample("contested", bytes: [last])
  } catch let error as StoreError {
    guard case .conflict = error.code else { throw error }
  }
  try store.close()
}
