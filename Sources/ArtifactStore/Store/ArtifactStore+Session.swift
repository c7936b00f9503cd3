internal import CPosix
internal import Synchronization
internal import SystemPackage

/// One process' use of one store: its lease and its folder for temporary files.
///
/// The lease is a file under `leases/` that stays locked while the process lives. Whoever can take the
/// lock knows that the process is gone and that `tmp/` under the same name is litter.
struct Session: Sendable {
  let name: String
  let lease: OpenFile
  let folder: FilePath
  var fileCount = 0
}

extension ArtifactStore {
  /// A path for a new temporary file, on the file system of the store.
  ///
  /// The first call begins the session.
  func temporaryPath(suffix: String = "") throws(StoreError) -> FilePath {
    try requireWritable()
    return try session.withLock { session throws(StoreError) in
      var current: Session
      if let session { current = session } else { current = try beginSession() }
      current.fileCount += 1
      session = current
      return current.folder.appending("\(current.fileCount)\(suffix)")
    }
  }

  private func beginSession() throws(StoreError) -> Session {
    let process = cposix_process()
    var attempt = 0
    while true {
      attempt += 1
      let name = "\(process)-\(attempt)"
      let folder = layout.folder("tmp").appending(name)
      // A folder of that name is the litter of a dead process which had our number.
      guard try files.status(folder) == nil else { continue }
      let path = layout.folder("leases").appending(name)
      guard let lease = try lockUnlessHeld(path) else { continue }
      do throws(StoreError) {
        if try files.makeDirectory(folder) {
          return Session(name: name, lease: lease, folder: folder)
        }
        files.closeQuietly(lease)
      } catch {
        try? files.unlink(path)
        files.closeQuietly(lease)
        throw error
      }
    }
  }

  /// Opens and locks `path`, or `nil` where somebody holds it or has just removed it.
  ///
  /// A lock file is removed by its holder before it lets go; so a lock is good only if the path still
  /// leads to the locked file.
  func lockUnlessHeld(_ path: FilePath) throws(StoreError) -> OpenFile? {
    let file = try files.open(path, .locking)
    do throws(StoreError) {
      if try files.tryLock(file, exclusive: true) {
        let held = try files.status(file)
        if let named = try files.status(path), named.inode == held.inode,
          named.device == held.device
        {
          return file
        }
      }
    } catch {
      files.closeQuietly(file)
      throw error
    }
    files.closeQuietly(file)
    return nil
  }

  func endSession() throws(StoreError) {
    let ended = session.withLock { session in
      defer { session = nil }
      return session
    }
    guard let ended else { return }
    // Whatever fails, the lease is let go: a later fsck sees that nobody needs the rest.
    defer { files.closeQuietly(ended.lease) }
    try removeTree(ended.folder)
    try files.unlink(layout.folder("leases").appending(ended.name))
  }

  /// Removes a folder with all that is in it; symbolic links are removed, never followed.
  func removeTree(_ path: FilePath) throws(StoreError) {
    guard let status = try files.status(path) else { return }
    guard status.isDirectory else { return try files.unlink(path) }
    for name in try files.list(path) { try removeTree(path.appending(name)) }
    try files.removeDirectory(path)
  }
}
