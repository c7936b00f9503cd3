internal import ContentAddressing
internal import Synchronization
internal import SystemPackage

/// A finished temporary file: complete, read-only, durable in its bytes, not yet published.
struct StagedFile: Hashable, Sendable {
  let path: FilePath
  let content: Content
}

extension ArtifactStore {
  /// Writes `bytes` to a new temporary file and makes them durable.
  func stage(_ bytes: [UInt8]) throws(StoreError) -> StagedFile {
    let writer = try BlobWriter(store: self, expecting: bytes.count)
    try writer.append(bytes)
    return try writer.stage()
  }

  /// Writes small files that are published together, and makes their bytes durable at once, beside the
  /// entries of some folders.
  func stage(
    _ documents: [[UInt8]], beside folders: [FilePath]
  ) throws(StoreError) -> [StagedFile] {
    var staged: [StagedFile] = []
    var open: [OpenFile] = []
    do throws(StoreError) {
      for bytes in documents {
        let writer = try BlobWriter(store: self, expecting: bytes.count)
        try writer.append(bytes)
        let (file, number) = try writer.stageUnsynced()
        staged.append(file)
        open.append(number)
      }
      for folder in folders { open.append(try files.open(folder, .directory)) }
      // As many as one call takes.
      for start in stride(from: 0, to: open.count, by: 64) {
        try files.sync(Array(open[start..<min(open.count, start + 64)]))
      }
      while let file = open.popLast() { try files.close(file) }
    } catch {
      for file in open { files.closeQuietly(file) }
      for file in staged { try? files.unlink(file.path) }
      throw error
    }
    return staged
  }

  /// Gives a staged file its place, for good: link, sync the folder, drop the temporary name.
  ///
  /// Where the place is taken, `isValid` judges what is there. If it is good it stays and the staged
  /// file is dropped; if not it is set aside in `quarantine/` and replaced, so that at no moment the
  /// place is empty. Whatever is in the place on return is durable, unless `durability` leaves that to
  /// the publishing of a result.
  ///
  /// - Returns: Whether the place now holds the staged file rather than an older one.
  @discardableResult
  func place(
    _ staged: StagedFile, at target: FilePath, name durability: NameDurability = .now,
    unless isValid: (FilePath) throws(StoreError) -> Bool
  ) throws(StoreError) -> Bool {
    do throws(StoreError) {
      var placed = true
      switch try files.link(staged.path, target) {
      case .linked:
        break
      case .moved:
        try files.syncDirectory(target.parent)
        return true
      case .exists:
        // What cannot even be read is not good; what replaces it is the same or right.
        guard (try? isValid(target)) == true else {
          try copyToQuarantine(target)
          try files.rename(staged.path, target)
          try files.syncDirectory(target.parent)
          return true
        }
        placed = false
      }
      if durability == .now { try files.syncDirectory(target.parent) }
      try files.unlink(staged.path)
      return placed
    } catch {
      // A file of another file system stays: the caller copies it instead.
      if case .system(_, .improperLink) = error.code { throw error }
      try? files.unlink(staged.path)
      throw error
    }
  }

  /// Replaces what is at `target`, or puts it there.
  func replace(_ staged: StagedFile, at target: FilePath) throws(StoreError) {
    do throws(StoreError) {
      try files.rename(staged.path, target)
      try files.syncDirectory(target.parent)
    } catch {
      try? files.unlink(staged.path)
      throw error
    }
  }

  /// Writes what can be had again: whole or not at all while the machine runs, anything after a power cut.
  func writeUnsynced(_ bytes: [UInt8], to target: FilePath) throws(StoreError) {
    let path = try temporaryPath()
    let file = try files.open(path, .creating)
    do throws(StoreError) {
      try files.write(bytes, to: file)
      try files.setPermissions(file, 0o644)
      try files.close(file)
      try files.rename(path, target)
    } catch {
      try? files.unlink(path)
      throw error
    }
  }

  /// Makes a folder inside the store durable in its parent.
  func makeDurableDirectory(_ path: FilePath) throws(StoreError) {
    // Synced even where it was there: whoever made it may have died before syncing.
    try files.makeDirectory(path)
    try files.syncDirectory(path.parent)
  }

  /// A free name in `quarantine/` for what lies at `path`.
  func quarantinePath(for path: FilePath) throws(StoreError) -> FilePath {
    let folder = layout.folder("quarantine")
    let name = path.name
    var number = 1
    while try files.status(folder.appending("\(name).\(number)")) != nil { number += 1 }
    return folder.appending("\(name).\(number)")
  }

  /// Keeps what lies at `path` under a second name in quarantine; the first name is about to be taken.
  private func copyToQuarantine(_ path: FilePath) throws(StoreError) {
    let aside = try quarantinePath(for: path)
    // Only a courtesy to whoever looks into the damage: that it fails must not stop the mending.
    _ = try? files.link(path, aside)
  }
}
