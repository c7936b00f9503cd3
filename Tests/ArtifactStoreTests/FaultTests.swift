import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

/// Every call of a step's life goes wrong once, in every way a call can.
@Suite("A fault at the n-th call")
struct FaultTests {
  private static let isExhaustive = ProcessInfo.processInfo.environment["PIPELINE_EXHAUSTIVE"] != nil

  /// The ways; the names tell tests apart.
  enum Way: String, CaseIterable, CustomTestStringConvertible {
    case noSpace, quota, ioError, interrupted, tooManyFiles, denied, readOnly
    case shortWrite, vanishBefore, vanishAfter

    var fault: FaultyFiles.Fault {
      switch self {
      case .noSpace: .error(.noSpace)
      case .quota: .error(.diskQuotaExceeded)
      case .ioError: .error(.ioError)
      case .interrupted: .error(.interrupted)
      case .tooManyFiles: .error(.tooManyOpenFiles)
      case .denied: .error(.permissionDenied)
      case .readOnly: .error(.readOnlyFileSystem)
      case .shortWrite: .shortWrite
      case .vanishBefore: .vanishBefore
      case .vanishAfter: .vanishAfter
      }
    }

    /// Whether the step must come through it without an error.
    var isHarmless: Bool { self == .interrupted || self == .shortWrite }

    var testDescription: String { rawValue }
  }

  @Test(
    "leaves nothing damaged, serves nothing wrong, and the step can be done again",
    arguments: Way.allCases)
  func step(_ way: Way) throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("store")
    try folder.store().close()
    var call = 0
    var succeeded = 0
    while true {
      call += 1
      let scenario = Scenario(name: "\(way.rawValue) \(call)")
      let faulty = FaultyFiles(SystemFiles(), call: call, fault: way.fault)
      var failure: StoreError?
      do throws(StoreError) {
        let store = try ArtifactStore(at: path, mode: .openExisting, operations: faulty)
        try scenario.perform(on: store)
        succeeded += 1
      } catch {
        failure = error
        #expect(!way.isHarmless, "call \(call): \(error)")
        judge(error, way)
      }
      guard faulty.hasFired else {
        #expect(failure == nil)
        break
      }
      let store = try ArtifactStore(at: path, mode: .openExisting)
      var progress = Scenario.Progress()
      progress.isPublished = failure == nil
      var found = scenario.complaints(about: store, after: progress)
      let checking = Self.isExhaustive || call % 24 == 0
      found += complaints(afterRedoing: scenario, on: store, checking: checking)
      #expect(found.isEmpty, "call \(call), \(failure.map { "\($0)" } ?? "no error"): \(found)")
    }
    #expect(call > 200, "the sweep saw \(call) calls")
    let store = try folder.store()
    let report = try store.fsck(repair: true)
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(try store.fsck().leftovers.isEmpty)
    #expect(try store.runs().count >= call)
  }

  /// What a fault must be called.
  private func judge(_ error: StoreError, _ way: Way) {
    switch way {
    case .noSpace, .quota:
      guard case .diskFull(_, let free) = error.code, free > 0 else {
        Issue.record("\(error)")
        return
      }
    case .readOnly: #expect(error.code == .readOnly)
    default:
      guard case .system = error.code else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("of making a store leaves one, or what can be made one", arguments: [Way.ioError, .vanishAfter])
  func creating(_ way: Way) throws {
    // The 256 folders are alike: the calls before and after them, and a few of theirs.
    for call in Array(1...30) + [100, 200] + Array(280...330) {
      let folder = try TemporaryFolder()
      let faulty = FaultyFiles(SystemFiles(), call: call, fault: way.fault)
      let path = folder.path.appending("store")
      _ = try? ArtifactStore(at: path, mode: .createIfMissing, operations: faulty)
      let store = try folder.store()
      let record = try store.publishSample("train", bytes: [1])
      #expect(try store.result(for: record.key) == .hit(record))
      guard faulty.hasFired else { break }
    }
  }

  @Test("is final for a file whose fsync failed: it is written anew, never synced again")
  func failedSync() throws {
    let folder = try TemporaryFolder()
    _ = try folder.store()
    var call = 0
    while true {
      call += 1
      let log = SyncLog(failing: call)
      let store = try ArtifactStore(
        at: folder.path.appending("store"), mode: .openExisting, operations: log)
      _ = try? store.publishSample("train \(call)", bytes: [UInt8(call)])
      #expect(log.syncedAfterFailure == 0)
      guard log.hasFired else { break }
    }
    #expect(call > 5)
  }
}

/// Lets the n-th fsync fail and counts further ones of the same file.
private final class SyncLog: FileOperations, @unchecked Sendable {
  // Used by one test on one thread.
  private let base = SystemFiles()
  private let failing: Int
  private var count = 0
  private var failed: OpenFile?
  private(set) var syncedAfterFailure = 0
  var hasFired: Bool { failed != nil }

  init(failing: Int) { self.failing = failing }

  func sync(_ file: OpenFile) throws(Errno) {
    count += 1
    if count == failing {
      failed = file
      throw .ioError
    }
    if failed?.path == file.path, try !base.status(file).isDirectory { syncedAfterFailure += 1 }
    try base.sync(file)
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
