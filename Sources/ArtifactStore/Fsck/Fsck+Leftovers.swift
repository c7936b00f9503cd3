internal import Synchronization
internal import SystemPackage

extension Fsck {
  /// Finds what processes that are gone have left: temporary files, leases, lock files, empty folders.
  mutating func checkLeftovers() {
    let own = store.session.withLock { $0?.name }
    let names = Set(names(in: layout.folder("tmp")) + names(in: layout.folder("leases")))
    for name in names.sorted() where name != own { checkSession(name) }
    checkLocks()
    let store = store
    for kind in ["results", "attest"] {
      for name in self.names(in: layout.folder(kind)) {
        let folder = layout.folder(kind).appending(name)
        guard (try? files.list(folder))?.isEmpty == true else { continue }
        noteLeftover(folder, "an empty folder") { () throws(StoreError) in
          // Fails if something was published meanwhile, which is as well.
          try store.files.removeDirectory(folder)
        }
      }
    }
  }

  /// Whoever can take the lease of a session knows that its process is gone.
  private mutating func checkSession(_ name: String) {
    let store = store
    let folder = layout.folder("tmp").appending(name)
    let lease = layout.folder("leases").appending(name)
    let exists = { (path: FilePath) in (try? store.files.status(path)) != nil }
    if !repairs {
      guard exists(lease) || exists(folder) else { return }
      if exists(lease), store.isLocked(lease) { return }
      return noteLeftover(exists(folder) ? folder : lease, "left by a process that has ended") {}
    }
    guard let held = try? store.lockUnlessHeld(lease) else { return }
    defer { store.files.closeQuietly(held) }
    noteLeftover(exists(folder) ? folder : lease, "left by a process that has ended") {
      () throws(StoreError) in
      try store.removeTree(folder)
      try store.files.unlink(lease)
    }
  }

  /// Lock files whose holder was killed; a free lock does no harm.
  private mutating func checkLocks() {
    let store = store
    let folder = layout.folder("locks/steps")
    for name in names(in: folder) {
      let path = folder.appending(name)
      guard !store.isLocked(path) else { continue }
      noteLeftover(path, "a lock file of a process that has ended") { () throws(StoreError) in
        guard let held = try store.lockUnlessHeld(path) else { return }
        defer { store.files.closeQuietly(held) }
        try store.files.unlink(path)
      }
    }
  }
}

extension ArtifactStore {
  /// Whether somebody holds the lock of a file, found out without making or changing one.
  func isLocked(_ path: FilePath) -> Bool {
    guard let file = try? files.openIfPresent(path, .reading) else { return false }
    // A shared lock for the blink of an eye: two who look do not see each other as holders.
    defer { files.closeQuietly(file) }
    return (try? files.tryLock(file, exclusive: false)) != true
  }
}
