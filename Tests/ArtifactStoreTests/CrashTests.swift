import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

/// Every state that a power cut may leave, at every change of a step's life.
@Suite("A power cut")
struct CrashTests {
  private static let isExhaustive =
    ProcessInfo.processInfo.environment["PIPELINE_EXHAUSTIVE"] != nil

  /// What was certain when the disk had seen so many changes.
  private struct Mark {
    let changes: Int
    let progress: Scenario.Progress
  }

  /// How much is tried on a state; the whole of it takes some 20 ms in a debug build.
  private enum Depth { case reading, redoing, checking }

  private func judge(
    _ state: Disk, _ scenario: Scenario, _ progress: Scenario.Progress, _ depth: Depth
  ) -> [String] {
    do throws(StoreError) {
      let files = MemoryFiles(state)
      let store = try ArtifactStore(at: "/store", mode: .createIfMissing, operations: files)
      var found = scenario.complaints(about: store, after: progress)
      if depth != .reading {
        found += complaints(afterRedoing: scenario, on: store, checking: depth == .checking)
      }
      return found
    } catch {
      return ["opening: \(error)"]
    }
  }

  @Test("at any moment of making a store leaves one, or what can be made one")
  func creating() throws {
    let files = MemoryFiles(remembers: true)
    _ = try ArtifactStore(at: "/store", mode: .createIfMissing, operations: files)
    let history = files.history
    // The 256 folders are alike: a few of them stand for all. Where a state is no store yet, making one
    // of it is 300 calls, so that a sample of the states must do unless all are asked for.
    let moments = history.indices.filter { $0 % 6 == 0 && $0 < 24 || $0 > 268 || $0 % 128 == 0 }
    var count = 0
    for moment in moments {
      let states = history[moment].crashStates(limit: 4)
      let step = Self.isExhaustive ? 1 : max(1, states.count / 4)
      for state in stride(from: 0, to: states.count, by: step).map({ states[$0] }) {
        count += 1
        let depth: Depth = Self.isExhaustive || count % 16 == 0 ? .redoing : .reading
        let found = judge(state, Scenario(name: "first"), .init(), depth)
        #expect(found.isEmpty, "after change \(moment): \(found)")
      }
    }
    #expect(count > moments.count)
  }

  @Test(
    "at any moment of a step leaves nothing damaged, loses nothing published, and the step can be done again"
  )
  func step() throws {
    // A store that is whole and durable to begin with.
    let first = MemoryFiles()
    let before = try ArtifactStore(at: "/store", mode: .createIfMissing, operations: first)
    try Scenario(name: "earlier").perform(on: before)
    let start = try #require(first.disk.crashStates(limit: 0).last)
    let files = MemoryFiles(start, remembers: true)
    let store = try ArtifactStore(at: "/store", mode: .openExisting, operations: files)
    let scenario = Scenario(name: "crashing")
    var marks = [Mark(changes: 0, progress: .init())]
    try scenario.perform(on: store) { progress in
      marks.append(Mark(changes: files.history.count, progress: progress))
    }
    let history = files.history
    #expect(history.count > 80)
    var count = 0
    var seen: Set<Int> = []
    for (moment, disk) in history.enumerated() {
      let progress = marks.last { $0.changes <= moment + 1 }?.progress ?? .init()
      for state in disk.crashStates(limit: 6)
      where seen.insert(state.fingerprint &+ marks.count { $0.changes <= moment + 1 }).inserted {
        count += 1
        guard Self.isExhaustive || count % 4 == 0 else { continue }
        // These are read; doing the step again and fsck are tried on some, or on all when asked.
        let depth: Depth =
          Self.isExhaustive || count % 48 == 0
          ? .checking : count % 12 == 0 ? .redoing : .reading
        let found = judge(state, scenario, progress, depth)
        #expect(
          found.isEmpty, "after change \(moment) (\(files.calls[moment])): \(found)")
      }
    }
    print("crash states of one step: \(count), at \(history.count) changes")
    #expect(count > history.count)
  }

  @Test("at any moment of a run that had nothing to do loses that run whole, or nothing of it")
  func idleRun() throws {
    let first = MemoryFiles()
    let before = try ArtifactStore(at: "/store", mode: .createIfMissing, operations: first)
    try Scenario(name: "earlier").perform(on: before)
    let start = try #require(first.disk.crashStates(limit: 0).last)
    let files = MemoryFiles(start, remembers: true)
    let store = try ArtifactStore(at: "/store", mode: .openExisting, operations: files)
    let run = try store.beginRun(milliseconds: 1_800_000_000_000, randomBits: (0, 9))
    try run.writeReport(Array("<html>".utf8), durability: .eventual)
    try run.close(["status": "hit"], durability: .eventual)
    try store.close()
    var kept = 0
    var lost = 0
    for (moment, disk) in files.history.enumerated() {
      for state in disk.crashStates(limit: 8) {
        let store = try ArtifactStore(
          at: "/store", mode: .openExisting, operations: MemoryFiles(state))
        let findings = try store.fsck().findings
        #expect(findings.isEmpty, "after change \(moment) (\(files.calls[moment])): \(findings)")
        if case .closed = store.run(run.id).state {
          kept += 1
          #expect(try store.report(of: run.id) == Array("<html>".utf8))
        } else {
          lost += 1
          #expect(try store.runIDs().contains(run.id) == false)
        }
      }
    }
    #expect(kept > 0 && lost > 0)
  }

  @Test("would be noticed by these tests if a sync were left out", arguments: ["file", "folder"])
  func sensitivity(what: String) throws {
    let files = MemoryFiles(remembers: true)
    let forgetful = OtherSync(files) { file throws(Errno) in
      let isFolder = try files.status(file).isDirectory
      if isFolder != (what == "folder") { try files.sync(file) }
    }
    let store = try ArtifactStore(at: "/store", mode: .createIfMissing, operations: forgetful)
    let scenario = Scenario(name: "careless")
    var published = Int.max
    try scenario.perform(on: store) { progress in
      if progress.isPublished { published = min(published, files.history.count) }
    }
    var progress = Scenario.Progress()
    progress.isPublished = true
    let states = files.history[published - 1].crashStates(limit: 6)
    let noticed = states.contains { state in
      !judge(state, scenario, progress, .reading).isEmpty
    }
    #expect(noticed)
  }

  @Test(
    "cannot come between a name and what it names: every name is given after the fsync of its bytes, and its folder is synced before the call returns"
  )
  func order() throws {
    let files = MemoryFiles(remembers: true)
    let store = try ArtifactStore(at: "/store", mode: .createIfMissing, operations: files)
    try Scenario(name: "ordered").perform(on: store)
    let calls = files.calls
    var synced: Set<Int> = []
    var named = 0
    for (index, call) in calls.enumerated() {
      switch call.name {
      case "fsync": synced.insert(call.number)
      case "write", "ftruncate": synced.remove(call.number)
      case "link", "rename":
        // The cache is the one place where a torn file does no harm.
        guard !call.path.hasPrefix("/store/cache/") else { continue }
        named += 1
        #expect(synced.contains(call.number), "\(call) before the fsync of its bytes")
        let folder = FilePath(call.path).removingLastComponent().string
        if folder.hasPrefix("/store/objects/") {
          // Its folder is synced before a record that names it gets its own name.
          let later = calls[(index + 1)...]
          let sync = later.firstIndex { $0.name == "fsync" && $0.path == folder }
          let record = later.firstIndex {
            $0.path.hasPrefix("/store/results/") && $0.name == "link"
          }
          #expect(sync ?? .max < record ?? .max, "\(call)")
          continue
        }
        // What may come between a name and the sync of its folder: nothing that depends on it.
        let next = calls[(index + 1)...].first { $0.name != "unlink" }
        #expect(
          next?.name == "fsync" && next?.path == folder, "\(call), then \(String(describing: next))"
        )
      default: break
      }
    }
    #expect(named >= 12)
  }
}
