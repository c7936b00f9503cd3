import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

/// The store of format 1 in `Tests/Fixtures/store-format-1`, which every later version must open.
///
/// Git keeps no empty folders, so those are missing there.
@Suite("The frozen store of format 1")
struct FrozenStoreTests {
  static let fixture = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .appending("Fixtures/store-format-1")

  /// A copy, since a test must not change the fixture.
  private func thaw(in folder: TemporaryFolder) throws -> FilePath {
    let copy = folder.path.appending("thawed")
    try FileManager.default.copyItem(atPath: Self.fixture.string, toPath: copy.string)
    return copy
  }

  /// What is in it, written anew.
  private func write(at path: FilePath) throws -> ArtifactStore {
    let store = try ArtifactStore(at: path, mode: .createIfMissing)
    let out = try store.putBlob(Array("hello, later versions\n".utf8))
    let empty = try store.putBlob([])
    let log = try store.putBlob(Array("epoch 1\n".utf8))
    let key = try store.putKey(sampleKeyDocument("frozen"))
    let record = ResultRecord(
      key: key, outputs: ["empty": empty, "out.txt": out],
      metrics: ["accuracy": .double(0.97), "epochs": 3, "name": "früh\n"], logs: log,
      createdByRun: sampleRun, extra: ["host": "büro", "seconds": .double(1.5)])
    try store.publish(record)
    for position in [5, 10] {
      try store.publishCheckpoint(
        key: Digest(of: "unfinished"), position: position,
        parts: ["state": Array("state \(position)".utf8), "log": []],
        extra: ["epoch": .integer(position)])
    }
    let run = try store.beginRun(milliseconds: 1_700_000_000_000, randomBits: (1, 2))
    try run.append(Array(#"{"event":"run.start"}"#.utf8))
    try run.append(Array(#"{"event":"run.end"}"#.utf8))
    try run.writeReport(Array("<!doctype html>".utf8))
    try run.close(["status": "ok"], results: [ResultReference(record)])
    try store.setTag("first", to: run.id)
    try store.addAttestation(["host": "elsewhere"], to: key)
    try store.close()
    return store
  }

  @Test("opens and gives everything back")
  func opens() throws {
    let folder = try TemporaryFolder()
    let store = try ArtifactStore(at: try thaw(in: folder), mode: .readOnly)
    let key = Digest(of: sampleKeyDocument("frozen"))
    guard case .hit(let record) = try store.result(for: key, trust: .hash) else {
      Issue.record("\(try store.result(for: key, trust: .hash))")
      return
    }
    #expect(
      try store.read(#require(record.outputs["out.txt"])) == Array("hello, later versions\n".utf8))
    #expect(try store.read(#require(record.outputs["empty"])).isEmpty)
    #expect(record.metrics["accuracy"]?.double == 0.97)
    #expect(record.metrics["name"] == "früh\n")
    #expect(record.extra["host"] == "büro")
    #expect(record.createdByRun == sampleRun)
    #expect(try store.keyDocument(key) == sampleKeyDocument("frozen"))
    #expect(try store.keys() == [key])
    let checkpoints = try store.checkpoints(for: Digest(of: "unfinished"))
    #expect(checkpoints.usable.map(\.position) == [10, 5])
    let newest = try #require(checkpoints.usable.first)
    #expect(try store.read("state", of: newest) == Array("state 10".utf8))
    let run = try #require(try store.tag("first"))
    guard case .closed(let closed) = store.run(run).state else {
      Issue.record("\(store.run(run))")
      return
    }
    #expect(closed.results == [ResultReference(record)])
    #expect(try store.events(of: run).count == 2)
    #expect(try store.report(of: run) == Array("<!doctype html>".utf8))
    #expect(try store.attestations(of: key) == [["host": "elsewhere"]])
  }

  @Test("lacks nothing but the empty folders, and is a whole store once they are made")
  func mends() throws {
    let folder = try TemporaryFolder()
    let store = try ArtifactStore(at: try thaw(in: folder), mode: .openExisting)
    let report = try store.fsck(repair: true)
    #expect(Set(report.findings.map(\.kind)) == [.missingFolder])
    #expect(report.isClean)
    #expect(try store.fsck().findings.isEmpty)
    let record = try store.publishSample("new", bytes: sampleBytes(100))
    #expect(try store.result(for: record.key) == .hit(record))
  }

  @Test("is what this version writes, byte for byte")
  func writes() throws {
    let folder = try TemporaryFolder()
    let written = try write(at: folder.path.appending("store")).path
    let names = files(below: Self.fixture)
    #expect(names == files(below: written).filter { !$0.hasPrefix("cache/") })
    for name in names {
      #expect(
        bytes(at: Self.fixture.appending(name)) == bytes(at: written.appending(name)), "\(name)")
    }
  }
}
