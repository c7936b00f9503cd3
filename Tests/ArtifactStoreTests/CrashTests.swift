import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

/// Every state that a power cut may leave, at every change of a step's life.
@Suite("A power cut")
struct CrashTests {
  private static let isExhaustive = ProcessInfo.processInfo.environment["PIPELINE_EXHAUSTIVE"] != nil

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

  @Test("at any moment of a step leaves nothing damaged, loses nothing published, and the step can be done again")
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
      for state in disk.crashStates(limit: 6) where seen.insert(state.fingerprint &+ marks.count { $0.changes <= moment + 1 }).inserted {
        count += 1
        // Every state is read; doing the step again and fsck are tried on some, or on all when asked.
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

  @Test("would be noticed by these tests if a sync were left out", arguments: ["file", "folder"])
  func sensitivity(what: String) throws {
    let files = MemoryFiles(remembers: true)
    let forgetful = ForgetfulFiles(files, syncsFiles: what != "file", syncsFolders: what != "folder")
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

  @Test("cannot come between a name and what it names: every name is given after the fsync of its bytes, and its folder is synced before the call returns")
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
        // What may come between a name and the sync of its folder: nothing that depends on it.
        let next = calls[(index + 1)...].first { $0.name != "unlink" }
        #expect(next?.name == "fsync" && next?.path == folder, "\(call), then \(String(describing: next))")
      default: break
      }
    }
    #expect(named >= 12)
  }
}

/// Operations that leave out some of the syncs: what a careless store would do.
private struct ForgetfulFiles: FileOperations {
  let base: MemoryFiles
  let syncsFiles: Bool
  let syncsFolders: Bool

  init(_ base: MemoryFiles, syncsFiles: Bool, syncsFolders: Bool) {
    self.base = base
    self.syncsFiles = syncsFiles
    self.syncsFolders = syncsFolders
  }

  func sync(_ file: OpenFile) throws(Errno) {
    let isFolder = try base.status(file).isDirectory
    if isFolder ? syncsFolders : syncsFiles { try base.sync(file) }
  }

  func open(_ path: FilePath, _ purpose: OpenPurpose) throws(Errno) -> OpenFile {
    try base.open(path, purpose)
  }
  func close(_ file: OpenFile) throws(Errno) { try base.close(file) }
  func read(_ file: OpenFile, upTo count: Int) throws(Errno) -> [UInt8] {
    try base.read(file, upTo: count)
  }
  func write(_ file: OpenFile, _ bytes: RawSpan) throws(Errno) -> Int {
    try base.write(file, bytes)
  }
  func truncate(_ file: OpenFile, to size: Int) throws(Errno) {
    try base.truncate(file, to: size)
  }
  func setPermissions(_ file: OpenFile, _ permissions: UInt32) throws(Errno) {
    try base.setPermissions(file, permissions)
  }
  func link(_ from: FilePath, _ to: FilePath) throws(Errno) { try base.link(from, to) }
  func rename(_ from: FilePath, _ to: FilePath) throws(Errno) { try base.rename(from, to) }
  func renameExclusively(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try base.renameExclusively(from, to)
  }
  func unlink(_ path: FilePath) throws(Errno) { try base.unlink(path) }
  func makeDirectory(_ path: FilePath) throws(Errno) { try base.makeDirectory(path) }
  func removeDirectory(_ path: FilePath) throws(Errno) { try base.removeDirectory(path) }
  func tryLock(_ file: OpenFile, exclusive: Bool) throws(Errno) -> Bool {
    try base.tryLock(file, exclusive: exclusive)
  }
  func status(_ path: FilePath) throws(Errno) -> FileStatus { try base.status(path) }
  func status(_ file: OpenFile) throws(Errno) -> FileStatus { try base.status(file) }
  func list(_ path: FilePath) throws(Errno) -> [String] { try base.list(path) }
  func clone(_ from: OpenFile, to: OpenFile) throws(Errno) { try base.clone(from, to: to) }
  func availableBytes(_ path: FilePath) throws(Errno) -> Int { try base.availableBytes(path) }
  func startWriteback(_ file: OpenFile, offset: Int, count: Int) {}
}
