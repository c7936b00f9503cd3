internal import ContentAddressing
internal import SystemPackage

extension Fsck {
  /// Reads every checkpoint with its parts.
  mutating func checkCheckpoints() {
    let folder = layout.folder("checkpoints")
    for name in names(in: folder) {
      guard let key = key(named: name, in: folder) else { continue }
      checkCheckpoints(of: key)
    }
  }

  private mutating func checkCheckpoints(of key: Digest) {
    let folder = layout.checkpoints(key)
    let all = names(in: folder)
    guard all.contains(where: { $0.hasSuffix(".json") }) else {
      return noteLeftover(folder, of: key, "left by an interrupted checkpoint")
    }
    guard results[key] == nil else {
      return noteLeftover(folder, of: key, "checkpoints of a step that has its result")
    }
    var named: Set<String> = []
    var damaged = false
    for name in all where name.hasSuffix(".json") {
      do throws(StoreError) {
        guard let checkpoint = try store.checkpointRecord(named: name, of: key) else { continue }
        report.recordCount += 1
        named.formUnion(checkpoint.parts.values.map(\.digest.hex))
        for (part, content) in checkpoint.parts.sorted(by: { $0.key < $1.key }) {
          try store.verifyPart(content, named: part, in: folder)
        }
      } catch {
        // A step that goes on meanwhile removes old checkpoints: no damage.
        guard (try? files.status(folder.appending(name))) != nil else { continue }
        damaged = true
        noteDamaged(folder.appending(name), of: key, reason(error))
      }
    }
    // The parts of a damaged record are unknown; they are kept for whoever looks into it.
    guard !damaged else { return }
    for name in all where !name.hasSuffix(".json") && !named.contains(name) {
      noteLeftover(folder.appending(name), of: key, "left by an interrupted checkpoint")
    }
  }

  private mutating func noteDamaged(_ path: FilePath, of key: Digest, _ detail: String) {
    let store = store
    note(
      .damagedCheckpoint, path, detail,
      loss: "one checkpoint of step \(key.short); an earlier one is used",
      remedy: "`pipeline fsck --repair` sets it aside, then run the pipeline again"
    ) { () throws(StoreError) in
      try store.withStepLock(key) { () throws(StoreError) in try store.moveToQuarantine(path) }
    }
  }

  /// Notes what nobody will go on from, unless the step is being computed just now.
  private mutating func noteLeftover(_ path: FilePath, of key: Digest, _ detail: String) {
    let store = store
    guard !store.isLocked(layout.stepLock(key)) else { return }
    noteLeftover(path, detail) { () throws(StoreError) in
      try store.withStepLock(key) { () throws(StoreError) in try store.removeTree(path) }
    }
  }
}

extension ArtifactStore {
  /// Does something that only the holder of a key's lock may do; fails where somebody else holds it.
  func withStepLock(
    _ key: Digest, _ body: () throws(StoreError) -> Void
  ) throws(StoreError) {
    guard let lock = try tryLock(key, command: "pipeline fsck --repair", since: 0) else {
      throw StoreError(
        .lockTimeout(holder: lockHolder(of: key), seconds: 0), layout.stepLock(key))
    }
    defer { lock.release() }
    try body()
  }
}
