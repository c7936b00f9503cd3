import ArtifactStore
import ContentAddressing
import SystemPackage
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  let key = Digest(of: "some key")

  @Test("are listed newest first, as many as are kept, and read back", arguments: [1, 2, 3])
  func retention(keep: Int) throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    for position in [0, 7, 100, 1000] {
      try store.publishCheckpoint(
        key: key, position: position,
        parts: ["state": sampleBytes(100, seed: UInt64(position)), "x": []],
        extra: ["epoch": .integer(position)], keep: keep)
    }
    let list = try store.checkpoints(for: key)
    #expect(list.usable.map(\.position) == Array([1000, 100, 7, 0].prefix(keep)))
    #expect(list.damaged.isEmpty)
    for checkpoint in list.usable {
      #expect(checkpoint.extra["epoch"]?.integer == checkpoint.position)
      #expect(
        try store.read("state", of: checkpoint)
          == sampleBytes(100, seed: UInt64(checkpoint.position)))
      #expect(try store.read("x", of: checkpoint).isEmpty)
    }
    // Records and states of those kept, and the empty part that they share.
    #expect(files(below: store.path.appending("checkpoints")).count == 2 * keep + 1)
    try store.removeCheckpoints(for: key)
    #expect(try store.checkpoints(for: key).usable.isEmpty)
    #expect(files(below: store.path.appending("checkpoints")).isEmpty)
    try store.removeCheckpoints(for: key)
  }

  @Test("that are damaged are skipped with a reason, and the one before is used")
  func damage() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    for position in 1...2 {
      try store.publishCheckpoint(
        key: key, position: position, parts: ["state": sampleBytes(50, seed: UInt64(position))])
    }
    let newest = try #require(try store.checkpoints(for: key).usable.first)
    let directory = store.path.appending("checkpoints/\(key.hex)")
    let part = directory.appending(try #require(newest.parts["state"]).digest.hex)
    for path in [part, directory.appending("0000000000000002.json")] {
      let good = try #require(bytes(at: path))
      for index in good.indices {
        var bad = good
        bad[index] ^= 0x10
        try overwrite(path, with: bad)
        let list = try store.checkpoints(for: key)
        #expect(list.usable.map(\.position) == [1] && list.damaged.count == 1, "byte \(index)")
      }
      try overwrite(path, with: good)
    }
    try remove(part)
    #expect(try store.checkpoints(for: key).usable.map(\.position) == [1])
    // Reaching the position again mends it.
    try store.publishCheckpoint(
      key: key, position: 2, parts: ["state": sampleBytes(50, seed: 2)])
    #expect(try store.checkpoints(for: key).usable.map(\.position) == [2, 1])
  }
}
