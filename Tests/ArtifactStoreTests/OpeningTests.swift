import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

@Suite("Opening a store")
struct OpeningTests {
  @Test("makes it with its 256 folders only where that was asked for")
  func creating() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("a/b/store")
    for mode in [ArtifactStore.Mode.openExisting, .readOnly] {
      let error = #expect(throws: StoreError.self) { try ArtifactStore(at: path, mode: mode) }
      #expect(error?.code == .storeMissing)
    }
    #expect(bytes(at: folder.path.appending("a")) == nil)
    _ = try ArtifactStore(at: path, mode: .createIfMissing)
    #expect(try SystemFiles().list(path.appending("objects/sha256")).count == 256)
    for mode in [ArtifactStore.Mode.createIfMissing, .openExisting, .readOnly] {
      #expect(try ArtifactStore(at: path, mode: mode).mode == mode)
    }
    #expect(files(below: path) == ["FORMAT"])
  }

  @Test("goes on where making it was cut off, beside the user's dot files")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("store")
    try FileManager.default.createDirectory(
      atPath: path.appending("objects/sha256").string, withIntermediateDirectories: true)
    try Data("*".utf8).write(to: URL(filePath: path.appending(".gitignore").string))
    _ = try ArtifactStore(at: path, mode: .createIfMissing)
    #expect(files(below: path) == [".gitignore", "FORMAT"])
  }

  @Test("refuses a folder of something else")
  func foreign() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(filePath: folder.path.appending("thesis.tex").string))
    let error = #expect(throws: StoreError.self) {
      try ArtifactStore(at: folder.path, mode: .createIfMissing)
    }
    #expect(error?.code == .notAStore)
    #expect(files(below: folder.path) == ["thesis.tex"])
  }

  @Test("refuses a newer format with a sentence")
  func newer() throws {
    let folder = try TemporaryFolder()
    _ = try folder.store()
    let format = folder.path.appending("store/FORMAT")
    try overwrite(format, with: Array("pipeline-store\nformat: 2\nhash: blake9\n".utf8))
    for mode in [ArtifactStore.Mode.createIfMissing, .openExisting, .readOnly] {
      let error = #expect(throws: StoreError.self) {
        try ArtifactStore(at: folder.path.appending("store"), mode: mode)
      }
      #expect(error?.code == .newerFormat("2"))
      #expect(error?.description.contains("use a newer version of pipeline") == true)
    }
  }

  @Test("sees any changed byte of FORMAT")
  func damagedFormat() throws {
    let folder = try TemporaryFolder()
    _ = try folder.store()
    let format = folder.path.appending("store/FORMAT")
    let good = try #require(bytes(at: format))
    for index in good.indices {
      var bad = good
      bad[index] ^= 4
      try overwrite(format, with: bad)
      #expect(throws: StoreError.self) { try folder.store() }
    }
  }

  @Test("for reading changes nothing and refuses to write")
  func readOnly() throws {
    let folder = try TemporaryFolder()
    let record = try folder.store().publishSample("train", bytes: [1])
    let before = files(below: folder.path)
    let store = try ArtifactStore(at: folder.path.appending("store"), mode: .readOnly)
    #expect(try store.result(for: record.key, trust: .hash) == .hit(record))
    let attempts: [() throws -> Void] = [
      { try store.putBlob([1]) }, { try store.putKey([1]) }, { try store.publish(record) },
      { try store.publishCheckpoint(key: record.key, position: 1, parts: [:]) },
      { _ = try store.beginRun(milliseconds: 0, randomBits: (0, 0)) },
      { _ = try store.tryLock(record.key, command: "", since: 0) },
    ]
    for attempt in attempts {
      let error = #expect(throws: StoreError.self) { try attempt() }
      #expect(error?.code == .readOnly)
    }
    try store.close()
    #expect(files(below: folder.path) == before)
  }

  @Test("lists its keys, the newest first")
  func keyOrder() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let keys = try (0..<5).map { try store.putKey(sampleKeyDocument("\($0)")) }
    try store.putKey(sampleKeyDocument("0"))
    #expect(try store.keys() == keys.reversed())
    // Without the notes the order is that of the files' times; each is still listed once.
    try remove(store.path.appending("cache/key-order"))
    #expect(Set(try store.keys()) == Set(keys))
  }
}
