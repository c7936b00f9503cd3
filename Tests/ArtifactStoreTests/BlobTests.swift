import ArtifactStore
import ContentAddressing
import SystemPackage
import Testing

@Suite("Blobs")
struct BlobTests {
  @Test(
    "come back as they were put, whatever their size and however they were cut",
    arguments: [0, 1, 63, 64, 65, 4095, 65_535, 65_536, 65_537, 300_001],
    [1, 1000, 65_536, 400_000])
  func roundTrip(size: Int, piece: Int) throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let bytes = sampleBytes(size)
    let writer = try store.blobWriter()
    for start in stride(from: 0, to: size, by: size > 10_000 ? max(piece, 1000) : piece) {
      let end = min(size, start + (size > 10_000 ? max(piece, 1000) : piece))
      try writer.append(Array(bytes[start..<end]))
    }
    #expect(writer.byteCount == size)
    let content = try writer.finish()
    #expect(content == Content(of: bytes))
    #expect(try store.read(content) == bytes)
    let mapped = try store.withBytes(of: content) { span in
      (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
    #expect(mapped == bytes)
    #expect(try store.contains(content))
  }

  @Test("that are put twice are one file")
  func putTwice() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let content = try store.putBlob([1, 2, 3])
    let before = files(below: store.path)
    #expect(try store.putBlob([1, 2, 3]) == content)
    #expect(files(below: store.path) == before)
  }

  @Test("lie under their digest, read-only, and nothing else lies about after the store is closed")
  func place() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let content = try store.putBlob(Array("abc".utf8))
    try store.close()
    let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let path = store.path.appending("objects/sha256/ba/\(hex)")
    #expect(store.path(of: content.digest) == path)
    #expect(bytes(at: path) == Array("abc".utf8))
    #expect(try SystemFiles().status(path).permissions == 0o444)
    #expect(
      files(below: store.path) == ["FORMAT", "cache/stat", "objects/sha256/ba/\(hex)"])
  }

  @Test("of a dropped or abandoned writer are not there")
  func abandoned() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let writer = try store.blobWriter()
    try writer.append([1, 2, 3])
    writer.abandon()
    do {
      let dropped = try store.blobWriter()
      try dropped.append(sampleBytes(100_000))
    }
    #expect(try !store.contains(Content(of: [1, 2, 3])))
    try store.close()
    #expect(files(below: store.path) == ["FORMAT"])
  }

  @Test("that a library wrote are adopted")
  func adopt() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let path = try store.scratchFile(suffix: ".h5")
    #expect(path.extension == "h5")
    let file = try SystemFiles().open(path, .creating)
    let written: [UInt8] = [7, 8, 9]
    _ = try SystemFiles().write(file, written.span.bytes)
    try SystemFiles().close(file)
    let content = try store.adopt(path)
    #expect(content == Content(of: [7, 8, 9]))
    #expect(bytes(at: path) == nil)
    #expect(try store.read(content) == [7, 8, 9])
  }

  @Test("are exported as copies of their own")
  func export() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let content = try store.putBlob(sampleBytes(200_000))
    let target = folder.path.appending("copy")
    try store.export(content, to: target)
    let files = SystemFiles()
    #expect(bytes(at: target) == sampleBytes(200_000))
    #expect(try files.status(target).inode != files.status(store.path(of: content.digest)).inode)
    #expect(try files.status(target).permissions & 0o200 != 0)
  }

  @Test("that were changed behind the store's back are never served", arguments: [0, 1, 2])
  func damaged(how: Int) throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let good = sampleBytes(5000)
    let content = try store.putBlob(good)
    var bad = good
    switch how {
    case 0: bad[2500] ^= 1
    case 1: bad.removeLast()
    default: bad.append(0)
    }
    try overwrite(store.path(of: content.digest), with: bad)
    let expected = StoreError.Code.damagedObject(expected: content.digest, found: Content(of: bad))
    #expect(throws: StoreError.self) { try store.read(content) }
    #expect(throws: StoreError.self) { try store.withBytes(of: content) { _ in 0 } }
    #expect(throws: StoreError.self) {
      try store.export(content, to: folder.path.appending("copy"))
    }
    let error = #expect(throws: StoreError.self) { try store.verifiedPath(of: content) }
    #expect(error?.code == expected)
    // Even by metadata: it has changed, and it is young.
    #expect(throws: StoreError.self) { try store.verify(content, trust: .metadata) }
    // Putting the right bytes again mends it and keeps the damaged ones aside.
    #expect(try store.putBlob(good) == content)
    #expect(try store.read(content) == good)
    #expect(
      bytes(at: store.path.appending("quarantine/\(content.digest.hex).1")) == bad)
  }
}
