public import ContentAddressing
internal import SystemPackage

// A checkpoint is a record `<position>.json` in `checkpoints/<key>/`, beside its parts, which are named
// by their digests. The parts are no objects: they belong to one key and go when the key is done. Only
// the holder of the key's lock writes here.
extension ArtifactStore {
  /// The checkpoints of a key, each verified byte by byte; damaged ones are listed apart.
  public func checkpoints(for key: Digest) throws(StoreError) -> CheckpointList {
    var list = CheckpointList()
    let folder = layout.checkpoints(key)
    for name in try files.list(folder).reversed() where name.hasSuffix(".json") {
      do throws(StoreError) {
        guard let checkpoint = try checkpointRecord(named: name, of: key) else { continue }
        for (part, content) in checkpoint.parts.sorted(by: { $0.key < $1.key }) {
          try verifyPart(content, named: part, in: folder)
        }
        list.usable.append(checkpoint)
      } catch {
        let reason =
          if case .damagedRecord(let reason) = error.code { reason } else { error.description }
        list.damaged.append(.init(name: name, reason: reason))
      }
    }
    return list
  }

  /// How many records of checkpoints a key has, usable or not.
  public func checkpointCount(of key: Digest) -> Int {
    ((try? files.list(layout.checkpoints(key))) ?? []).count { $0.hasSuffix(".json") }
  }

  /// The verified bytes of one part of a checkpoint.
  public func read(_ part: String, of checkpoint: Checkpoint) throws(StoreError) -> [UInt8] {
    let folder = layout.checkpoints(checkpoint.key)
    guard let content = checkpoint.parts[part] else {
      throw StoreError(.damagedRecord(reason: "it has no part \(part)"), folder)
    }
    let path = folder.appending(content.digest.hex)
    guard let bytes = try files.contents(of: path, limit: content.byteCount) else {
      throw StoreError(.missingObject(content.digest), path)
    }
    let found = Content(of: bytes)
    guard found == content else {
      throw StoreError(.damagedObject(expected: content.digest, found: found), path)
    }
    return bytes
  }

  /// Publishes a checkpoint, then removes all but the newest.
  ///
  /// - Parameters:
  ///   - key: The key that is being computed; the caller holds its lock.
  ///   - position: How far the step has come, at least zero. A second checkpoint for one position
  ///     replaces the first.
  ///   - parts: The state, by name.
  ///   - extra: What else the step wants to know.
  ///   - keep: How many checkpoints remain, at least one.
  /// - Returns: The checkpoint as it was published.
  /// - Throws: ``StoreError``; the older checkpoints are then as they were.
  @discardableResult
  public func publishCheckpoint(
    key: Digest, position: Int, parts: [String: [UInt8]], extra: CanonicalValue = [:],
    keep: Int = 2
  ) throws(StoreError) -> Checkpoint {
    precondition(position >= 0 && keep >= 1, "a position and a count that can be kept")
    try requireWritable()
    let folder = layout.checkpoints(key)
    try makeDurableDirectory(folder)
    var contents: [String: Content] = [:]
    for (name, bytes) in parts.sorted(by: { $0.key < $1.key }) {
      let staged = try stage(bytes)
      contents[name] = staged.content
      try place(staged, at: folder.appending(staged.content.digest.hex)) {
        path throws(StoreError) in try contentOfFile(path) == staged.content
      }
    }
    let checkpoint = Checkpoint(key: key, position: position, parts: contents, extra: extra)
    let path = folder.appending(Checkpoint.recordName(position: position))
    try replace(
      try stage(try SealedRecord.encode(checkpoint.body, as: .checkpoint, for: path)), at: path)
    try removeOldCheckpoints(of: key, keep: keep, for: path)
    return checkpoint
  }

  /// Removes all checkpoints of a key, as the last act after its result was published.
  public func removeCheckpoints(for key: Digest) throws(StoreError) {
    try requireWritable()
    let folder = layout.checkpoints(key)
    let names = try files.list(folder)
    // Records before parts, so that a record never names what was removed.
    for name in names where name.hasSuffix(".json") {
      strike(folder.appending(name))
      try files.unlink(folder.appending(name))
    }
    guard try files.status(folder) != nil else { return }
    try files.syncDirectory(folder)
    try removeTree(folder)
    shortenRoll()
  }
}

extension ArtifactStore {
  /// The record of that name, or `nil` where it has just been removed.
  func checkpointRecord(named name: String, of key: Digest) throws(StoreError) -> Checkpoint? {
    let path = layout.checkpoints(key).appending(name)
    guard let bytes = try files.contents(of: path) else { return nil }
    let body = try SealedRecord.decode(bytes, as: .checkpoint, from: path)
    guard let checkpoint = Checkpoint(body: body) else {
      throw StoreError(.damagedRecord(reason: "a member is missing"), path)
    }
    guard checkpoint.key == key, Checkpoint.recordName(position: checkpoint.position) == name else {
      throw StoreError(.damagedRecord(reason: "it belongs elsewhere"), path)
    }
    return checkpoint
  }

  func verifyPart(
    _ content: Content, named name: String, in folder: FilePath
  ) throws(StoreError) {
    let path = folder.appending(content.digest.hex)
    guard try files.status(path) != nil else {
      throw StoreError(.damagedRecord(reason: "its part \(name) is missing"), path)
    }
    guard try contentOfFile(path) == content else {
      throw StoreError(.damagedRecord(reason: "its part \(name) is damaged"), path)
    }
  }

  /// Keeps the newest `keep` records and the parts that they name.
  private func removeOldCheckpoints(
    of key: Digest, keep: Int, for new: FilePath
  ) throws(StoreError) {
    let folder = layout.checkpoints(key)
    let names = try files.list(folder)
    let records = names.filter { $0.hasSuffix(".json") }
    let old = records.dropLast(keep)
    enroll(new, striking: old.map { folder.appending($0) })
    for name in old { try files.unlink(folder.appending(name)) }
    if !old.isEmpty { try files.syncDirectory(folder) }
    var named: Set<String> = []
    for name in records.suffix(keep) {
      // The parts of a record that cannot be read are unknown: then nothing is removed.
      guard let checkpoint = try? checkpointRecord(named: name, of: key) else { return }
      named.formUnion(checkpoint.parts.values.map(\.digest.hex))
    }
    for name in names where !name.hasSuffix(".json") && !named.contains(name) {
      try files.unlink(folder.appending(name))
    }
  }
}
