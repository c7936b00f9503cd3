import ArtifactStore
import ContentAddressing
import SystemPackage
import Testing

@Suite("Results")
struct ResultTests {
  @Test("are hits with everything they said, also for another process")
  func hit() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let record = try store.publishSample("train", bytes: sampleBytes(1000))
    #expect(try store.result(for: record.key) == .hit(record))
    let other = try ArtifactStore(at: store.path, mode: .readOnly)
    #expect(try other.result(for: record.key, trust: .hash) == .hit(record))
    #expect(try other.keyDocument(record.key) == sampleKeyDocument("train"))
    #expect(try other.result(for: Digest(of: "else")) == .miss(.noResult))
  }

  @Test("may be published twice")
  func twice() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let record = try store.publishSample("train", bytes: sampleBytes(1000))
    let before = files(below: store.path)
    #expect(try store.publishSample("train", bytes: sampleBytes(1000)) == record)
    #expect(files(below: store.path) == before)
  }

  @Test("whose object is gone or damaged are misses that name it, until it is computed again")
  func damagedObject() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let bytes = sampleBytes(1000)
    let record = try store.publishSample("train", bytes: bytes)
    let content = try #require(record.outputs["out"])
    try remove(store.path(of: content.digest))
    #expect(
      try store.result(for: record.key) == .miss(.missingObject(name: "out", content)))
    try store.publishSample("train", bytes: bytes)
    #expect(try store.result(for: record.key) == .hit(record))
    var bad = bytes
    bad[0] ^= 0x80
    try overwrite(store.path(of: content.digest), with: bad)
    #expect(
      try store.result(for: record.key)
        == .miss(.damagedObject(name: "out", content, found: Content(of: bad))))
    try store.publishSample("train", bytes: bytes)
    #expect(try store.result(for: record.key) == .hit(record))
  }

  @Test("that name an object which was never put are refused")
  func missingObject() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let content = Content(of: [1])
    let record = ResultRecord(
      key: Digest(of: "k"), outputs: ["out": content], createdByRun: sampleRun)
    let error = #expect(throws: StoreError.self) { try store.publish(record) }
    #expect(error?.code == .missingObject(content.digest))
    #expect(try store.result(for: record.key) == .miss(.noResult))
  }

  @Test("of one key that differ are a conflict: both kept, none served")
  func conflict() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let first = try store.publishSample("train", bytes: [1])
    let error = #expect(throws: StoreError.self) { try store.publishSample("train", bytes: [2]) }
    guard case .conflict(let recorded, let computed) = error?.code else {
      Issue.record("no conflict: \(String(describing: error))")
      return
    }
    #expect(recorded == first)
    #expect(computed.outputs["out"] == Content(of: [2]))
    guard case .miss(.conflict(let records)) = try store.result(for: first.key) else {
      Issue.record("a conflict was served")
      return
    }
    #expect(Set(records) == [recorded, computed])
  }

  @Test("of which any byte was changed are never served")
  func flips() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let record = try store.publishSample("train", bytes: [1, 2, 3])
    let path = store.path.appending("results/\(record.key.hex)/\(record.digest.hex)")
    let good = try #require(bytes(at: path))
    for index in good.indices {
      var bad = good
      bad[index] ^= 1 << UInt8(index % 8)
      try overwrite(path, with: bad)
      guard case .miss(.damagedRecord) = try store.result(for: record.key) else {
        Issue.record("a changed byte \(index) went unseen")
        continue
      }
    }
    // Publishing again mends it.
    try store.publish(record)
    #expect(try store.result(for: record.key) == .hit(record))
  }
}
