internal import ContentAddressing
internal import SystemPackage

extension ArtifactStore {
  /// Reads everything in the store and lists all that is wrong; never stops at the first.
  ///
  /// With `repair`, damaged files are moved to `quarantine/`, results that name something missing or
  /// damaged are moved there too so that their steps run again, missing folders are made, and what
  /// killed processes left behind is removed. Nothing is deleted that could be of use. Others may use
  /// the store meanwhile.
  ///
  /// - Parameters:
  ///   - repair: Whether to mend what can be mended.
  ///   - progress: Called after each object with the bytes hashed so far.
  /// - Returns: All findings, the repaired ones marked.
  /// - Throws: ``StoreError`` with the code `readOnly` where a repair is asked of a store opened for
  ///   reading. What cannot be read is a finding.
  public func fsck(
    repair: Bool = false, progress: (Int) -> Void = { _ in }
  ) throws(StoreError) -> FsckReport {
    if repair { try requireWritable() }
    return withoutActuallyEscaping(progress) { progress in
      var check = Fsck(store: self, repairs: repair, progress: progress)
      // As readers go: records before what they name, so that what is published meanwhile is complete.
      check.checkFolders()
      check.readResults()
      check.readRuns()
      check.checkObjects()
      check.checkResults()
      check.checkKeys()
      check.checkCheckpoints()
      check.checkRuns()
      check.checkTags()
      check.checkAttestations()
      check.checkRoll()
      check.checkLeftovers()
      return check.report
    }
  }
}

/// A walk through a whole store.
struct Fsck {
  let store: ArtifactStore
  let repairs: Bool
  let progress: (Int) -> Void
  var report = FsckReport()

  /// The sizes of the objects that are right.
  var objects: [Digest: Int] = [:]

  /// The undamaged records by key.
  var results: [Digest: [ResultRecord]] = [:]

  /// The undamaged records of closed runs.
  var runs: [RunRecord] = []

  /// What was published and taken away, as far as that is known.
  var roll = Roll([])

  /// Which outputs of which keys are one object, for saying what is lost with it.
  var uses: [Digest: [String]] = [:]

  init(store: ArtifactStore, repairs: Bool, progress: @escaping (Int) -> Void) {
    self.store = store
    self.repairs = repairs
    self.progress = progress
  }

  var files: Files { store.files }
  var layout: Layout { store.layout }
}

// MARK: Noting

extension Fsck {
  /// Notes something wrong and, when repairing, mends it by `mend`.
  mutating func note(
    _ kind: FsckFinding.Kind, _ path: FilePath, _ detail: String, loss: String, remedy: String,
    mend: (() throws(StoreError) -> Void)? = nil
  ) {
    var finding = FsckFinding(kind: kind, path: path, detail: detail, loss: loss, remedy: remedy)
    if repairs, let mend {
      do throws(StoreError) {
        try mend()
        finding.isRepaired = true
      } catch {
        finding = FsckFinding(
          kind: kind, path: path, detail: "\(detail); it could not be repaired: \(error)",
          loss: loss,
          remedy: remedy)
      }
    }
    report.findings.append(finding)
  }

  /// Notes something useless and, when repairing, removes it by `remove`.
  mutating func noteLeftover(
    _ path: FilePath, _ detail: String, remove: () throws(StoreError) -> Void
  ) {
    var leftover = FsckLeftover(path: path, detail: detail)
    if repairs, (try? remove()) != nil { leftover.isRemoved = true }
    report.leftovers.append(leftover)
  }

  /// The names in a folder; that it cannot be listed is a finding.
  mutating func names(in folder: FilePath) -> [String] {
    do throws(StoreError) {
      return try files.list(folder)
    } catch {
      note(
        .unreadable, folder, "\(error)", loss: "whatever is in it",
        remedy: "check the disk and the permissions")
      return []
    }
  }

  /// The key that names a folder or file; anything else there is a finding.
  mutating func key(named name: String, in folder: FilePath) -> Digest? {
    if let key = Digest(hex: name) { return key }
    noteForeign(folder.appending(name))
    return nil
  }

  mutating func noteForeign(_ path: FilePath) {
    let store = store
    note(
      .foreignFile, path, "it is not part of a store", loss: "nothing known to the store",
      remedy: "move it elsewhere, or let `pipeline fsck --repair` set it aside"
    ) { () throws(StoreError) in try store.moveToQuarantine(path) }
  }

  /// What damage is, in words.
  func reason(_ error: StoreError) -> String {
    if case .damagedRecord(let reason) = error.code { reason } else { error.description }
  }
}

extension ArtifactStore {
  /// Takes a file or folder out of its place and keeps it in `quarantine/`.
  func moveToQuarantine(_ path: FilePath) throws(StoreError) {
    let aside = try quarantinePath(for: path)
    strike(path)
    try files.rename(path, aside)
    try files.syncDirectory(layout.folder("quarantine"))
    try files.syncDirectory(path.parent)
  }
}
