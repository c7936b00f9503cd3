internal import CPosix
internal import ContentAddressing
internal import Synchronization
internal import SystemPackage

extension ArtifactStore {
  /// Whether the file with this status is the one that was hashed, unchanged since, and not young.
  func isKnown(_ digest: Digest, _ status: FileStatus) -> Bool {
    guard !status.isYoung(at: cposix_now()) else { return false }
    return statCache.withLock { cache in
      load(&cache)
      return cache.statuses[digest] == status
    }
  }

  /// Remembers a file that was found right, unless a change in the same tick could go unseen.
  func remember(_ digest: Digest, _ status: FileStatus) {
    guard mode != .readOnly, !status.isYoung(at: cposix_now()) else { return }
    record(digest, status)
  }

  /// Remembers an object that this process has written and published itself.
  ///
  /// It is young, but nobody else knew its name before: it is trusted once it has come of age.
  func rememberStatus(of content: Content) throws(StoreError) {
    guard let status = try files.status(layout.object(content.digest)),
      status.size == content.byteCount
    else { return }
    record(content.digest, status)
  }

  private func record(_ digest: Digest, _ status: FileStatus) {
    statCache.withLock { cache in
      guard cache.statuses[digest] != status else { return }
      cache.statuses[digest] = status
      cache.isChanged = true
    }
  }

  private func load(_ cache: inout StatCache) {
    guard !cache.isLoaded else { return }
    cache.isLoaded = true
    guard let bytes = try? files.contents(of: statCachePath),
      let saved = StatCache.decode(bytes)
    else { return }
    // What this process saw itself is newer.
    cache.statuses.merge(saved) { own, _ in own }
  }

  /// Writes the cache if it has changed; two processes may overwrite each other, which costs a hashing.
  func saveStatCache() throws(StoreError) {
    let bytes: [UInt8]? = statCache.withLock { cache in
      guard cache.isChanged else { return nil }
      load(&cache)
      cache.isChanged = false
      return cache.encoded()
    }
    guard let bytes else { return }
    // A torn cache fails its checksum and is as good as none.
    try writeUnsynced(bytes, to: statCachePath)
  }

  private var statCachePath: FilePath { layout.folder("cache").appending("stat") }
}
