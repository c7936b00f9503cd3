import ArtifactStore
import ContentAddressing
import Foundation
import Synchronization
import SystemPackage
import Testing
import Thoroughness

/// Every call of a step's life goes wrong once, in every way a call can.
@Suite("A fault at the n-th call")
struct FaultTests {
  private static let isExhaustive =
    ProcessInfo.processInfo.environment["PIPELINE_EXHAUSTIVE"] != nil

  /// The ways; the names tell tests apart.
  enum Way: String, CaseIterable, CustomTestStringConvertible {
    case noSpace, quota, ioError, readError, interrupted, tooManyFiles, denied, readOnly
    case shortWrite, vanishBefore, vanishAfter

    var fault: FaultyFiles.Fault {
      switch self {
      case .noSpace: .error(.noSpace)
      case .quota: .error(.diskQuotaExceeded)
      case .ioError, .readError: .error(.ioError)
      case .interrupted: .error(.interrupted)
      case .tooManyFiles: .error(.tooManyOpenFiles)
      case .denied: .error(.permissionDenied)
      case .readOnly: .error(.readOnlyFileSystem)
      case .shortWrite: .shortWrite
      case .vanishBefore: .vanishBefore
      case .vanishAfter: .vanishAfter
      }
    }

    /// Which calls it can happen to.
    var counting: FaultyFiles.Counting {
      switch self {
      case .readError, .tooManyFiles, .denied: .all
      case .shortWrite: .writes
      default: .changes
      }
    }

    /// How many calls are passed over from one that is tried to the next.
    ///
    /// Every change fails, is interrupted, meets a full disk and is the last before death. What differs
    /// from these in the number only is sampled, unless all are asked for. An optimized build does that; a
    /// debug build, in which each call takes five times as long, tries every fourth.
    var step: Int {
      switch self {
      case .ioError, .noSpace, .interrupted, .vanishAfter:
        FaultTests.isExhaustive || Thoroughness.isFull ? 1 : 4
      case .shortWrite: 1
      case .readError: FaultTests.isExhaustive ? 1 : 7
      default: FaultTests.isExhaustive ? 1 : 23
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
    var call = 1 - way.step
    while true {
      call += way.step
      let scenario = Scenario(name: "\(way.rawValue) \(call)")
      let faulty = FaultyFiles(SystemFiles(), call: call, fault: way.fault, counting: way.counting)
      var failure: StoreError?
      do throws(StoreError) {
        let store = try ArtifactStore(at: path, mode: .openExisting, operations: faulty)
        try scenario.perform(on: store)
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
      if Self.isExhaustive || call % 5 == 0 {
        let checking = Self.isExhaustive || call % 25 == 0
        found += complaints(afterRedoing: scenario, on: store, checking: checking)
      }
      #expect(found.isEmpty, "call \(call), \(failure.map { "\($0)" } ?? "no error"): \(found)")
    }
    print("\(way.rawValue): \(call - 1) calls")
    let least =
      switch way.counting {
      case .all: 200
      case .changes: 100
      case .writes: 10
      }
    #expect(call > least, "the sweep saw \(call) calls")
    let store = try folder.store()
    let report = try store.fsck(repair: true)
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(try store.fsck().leftovers.isEmpty)
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

  @Test(
    "of making a store leaves one, or what can be made one", arguments: [Way.ioError, .vanishAfter])
  func creating(_ way: Way) throws {
    // The 256 folders are alike: the calls before and after them, and a few of theirs.
    for call in Array(1...30) + [100, 200] + Array(280...330) {
      let folder = try TemporaryFolder()
      let faulty = FaultyFiles(SystemFiles(), call: call, fault: way.fault, counting: .all)
      let path = folder.path.appending("store")
      _ = try? ArtifactStore(at: path, mode: .createIfMissing, operations: faulty)
      let store = try folder.store()
      let record = try store.publishSample("train", bytes: [1])
      #expect(try store.result(for: record.key) == .hit(record))
      guard faulty.hasFired else { break }
    }
  }

  /// Closing twice would close a file of another thread that has got the number since.
  @Test("closes each file once, whatever happens to the close", arguments: Way.allCases, 0...3)
  func closing(_ way: Way, call: Int) throws {
    let closed = Mutex<[Int32]>([])
    var files = OtherSync(MemoryFiles()) { _ in }
    files.closing = { file in closed.withLock { $0.append(file.number) } }
    let faulty = FaultyFiles(files, call: call, fault: way.fault, counting: .all)
    guard let file = try? faulty.open("/a", .creating) else { return }
    try? faulty.sync(file)
    try? faulty.close(file)
    #expect(closed.withLock { $0 } == [file.number])
  }

  @Test("is final for a file whose fsync failed: it is written anew, never synced again")
  func failedSync() throws {
    let folder = try TemporaryFolder()
    _ = try folder.store()
    var call = 0
    while true {
      call += 1
      let log = Mutex(SyncLog())
      let files = OtherSync(SystemFiles()) { [call] file throws(Errno) in
        let isFile = try SystemFiles().status(file).isRegularFile
        let fails = log.withLock { log in
          log.count += 1
          if log.failed == file.path, isFile { log.syncedAfterFailure += 1 }
          if log.count == call { log.failed = file.path }
          return log.count == call
        }
        guard !fails else { throw .ioError }
        try SystemFiles().sync(file)
      }
      let store = try ArtifactStore(
        at: folder.path.appending("store"), mode: .openExisting, operations: files)
      _ = try? store.publishSample("train \(call)", bytes: [UInt8(call)])
      #expect(log.withLock(\.syncedAfterFailure) == 0)
      guard log.withLock({ $0.failed != nil }) else { break }
    }
    #expect(call > 5)
  }
}

/// What was synced, and which file's sync was made to fail.
private struct SyncLog {
  var count = 0
  var failed: FilePath?
  var syncedAfterFailure = 0
}
