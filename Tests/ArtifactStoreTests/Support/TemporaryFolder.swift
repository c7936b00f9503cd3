import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

/// A folder of one test's own, removed when the test lets go of it.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    // In memory where the machine has that: most tests are about what is written, not about the disk,
    // and each fsync of a disk takes milliseconds.
    let memory = "/dev/shm"
    let base =
      FileManager.default.isWritableFile(atPath: memory)
      ? URL(filePath: memory, directoryHint: .isDirectory) : FileManager.default.temporaryDirectory
    let url = base.appending(path: "store-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path(percentEncoded: false))
  }

  deinit { try? FileManager.default.removeItem(atPath: path.string) }

  /// A store in this folder, made where it is absent.
  func store(paranoid: Bool = false) throws -> ArtifactStore {
    try ArtifactStore(at: path.appending("store"), mode: .createIfMissing, paranoid: paranoid)
  }
}

// MARK: Looking at and hurting files behind the store's back

/// The bytes of a file, or `nil` where it is absent.
func bytes(at path: FilePath) -> [UInt8]? {
  FileManager.default.contents(atPath: path.string).map { Array($0) }
}

/// Overwrites a file in place, whatever its permissions.
func overwrite(_ path: FilePath, with bytes: [UInt8]) throws {
  try FileManager.default.setAttributes(
    [.posixPermissions: 0o644], ofItemAtPath: path.string)
  let handle = try FileHandle(forWritingTo: URL(filePath: path.string))
  try handle.truncate(atOffset: 0)
  try handle.write(contentsOf: Data(bytes))
  try handle.close()
  try FileManager.default.setAttributes(
    [.posixPermissions: 0o444], ofItemAtPath: path.string)
}

func remove(_ path: FilePath) throws { try FileManager.default.removeItem(atPath: path.string) }

/// The paths of all files below `root`, relative to it, sorted.
func files(below root: FilePath) -> [String] {
  let names =
    FileManager.default.enumerator(atPath: root.string)?.compactMap { $0 as? String } ?? []
  return names.filter { name in
    var isDirectory: ObjCBool = false
    _ = FileManager.default.fileExists(
      atPath: root.appending(name).string, isDirectory: &isDirectory)
    return !isDirectory.boolValue
  }.sorted()
}

// MARK: Things to store

/// Bytes that look random and are the same every time.
func sampleBytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
  return (0..<count).map { _ in
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return UInt8(truncatingIfNeeded: state >> 32)
  }
}

/// A run's name for tests that need one but no run.
let sampleRun = RunID(milliseconds: 1_700_000_000_000, randomBits: (1, 2))

/// A key document like those of the runner.
func sampleKeyDocument(_ name: String) -> [UInt8] {
  Array("pipeline-stepkey/1\n{\"step\":\"\(name)\"}".utf8)
}

extension ArtifactStore {
  /// Publishes a whole step: an object, its key and its result.
  @discardableResult
  func publishSample(_ name: String, bytes: [UInt8]) throws -> ResultRecord {
    let content = try putBlob(bytes)
    let key = try putKey(sampleKeyDocument(name))
    let record = ResultRecord(
      key: key, outputs: ["out": content], metrics: ["accuracy": .double(0.5)],
      createdByRun: sampleRun, extra: ["host": "test"])
    try publish(record)
    return record
  }
}
