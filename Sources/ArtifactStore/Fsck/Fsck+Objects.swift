internal import ContentAddressing
internal import SystemPackage

extension Fsck {
  /// The folders of the format, and nothing beside them.
  mutating func checkFolders() {
    for name in Layout.folders {
      let folder = layout.folder(name)
      guard (try? files.status(folder))?.isDirectory != true else { continue }
      noteMissing(folder)
    }
    let present = Set(names(in: layout.folder("objects/sha256")))
    for prefix in Layout.fanOut where !present.contains(prefix) {
      noteMissing(layout.folder("objects/sha256").appending(prefix))
    }
    let top = Set(Layout.folders.map { $0.prefix { $0 != "/" } } + ["FORMAT"])
    for name in names(in: layout.root) where !name.hasPrefix(".") && !top.contains(name[...]) {
      noteForeign(layout.root.appending(name))
    }
    for (folder, expected) in [
      ("objects", ["sha256"]), ("objects/sha256", Layout.fanOut), ("refs", ["tags"]),
      ("locks", ["steps"]),
    ] {
      let expected = Set(expected)
      for name in names(in: layout.folder(folder)) where !expected.contains(name) {
        noteForeign(layout.folder(folder).appending(name))
      }
    }
  }

  private mutating func noteMissing(_ folder: FilePath) {
    let files = files
    note(
      .missingFolder, folder, "the folder is missing", loss: "whatever was in it",
      remedy: "`pipeline fsck --repair` creates it, then run the pipeline again"
    ) { () throws(StoreError) in
      try files.makeDirectory(folder)
      try files.syncDirectory(folder.parent)
    }
  }

  /// Hashes every object, some at a time on all cores.
  mutating func checkObjects() {
    let digests = listObjects()
    for start in stride(from: 0, to: digests.count, by: 64) {
      let part = Array(digests[start..<min(start + 64, digests.count)])
      for (digest, found) in zip(part, store.examine(part)) { noteObject(digest, found) }
    }
  }

  private mutating func listObjects() -> [Digest] {
    var digests: [Digest] = []
    let root = layout.folder("objects/sha256")
    for prefix in Layout.fanOut {
      let folder = root.appending(prefix)
      for name in names(in: folder) {
        guard let digest = key(named: name, in: folder) else { continue }
        guard name.hasPrefix(prefix) else {
          noteForeign(folder.appending(name))
          continue
        }
        digests.append(digest)
      }
    }
    return digests
  }

  private mutating func noteObject(_ digest: Digest, _ result: Result<Content, StoreError>) {
    do throws(StoreError) {
      let found = try result.get()
      report.objectCount += 1
      report.byteCount += found.byteCount
      progress(report.byteCount)
      guard found.digest != digest else {
        objects[digest] = found.byteCount
        return
      }
      noteDamaged(
        digest, "its bytes hash to \(found.digest) (\(found.byteCount) bytes)", .damagedObject)
    } catch {
      // Gone since it was listed: collected by another process.
      if case .missingObject = error.code { return }
      noteDamaged(digest, "\(error)", .unreadable)
    }
  }

  private mutating func noteDamaged(
    _ digest: Digest, _ detail: String, _ kind: FsckFinding.Kind
  ) {
    let path = layout.object(digest)
    let store = store
    let users = uses[digest] ?? []
    note(
      kind, path, detail,
      loss: users.isEmpty ? "an object that no result names" : users.joined(separator: ", "),
      remedy: "`pipeline fsck --repair` sets it aside, then run the pipeline again to rebuild it"
    ) { () throws(StoreError) in try store.moveToQuarantine(path) }
  }
}
