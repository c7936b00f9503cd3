internal import ContentAddressing
internal import SystemPackage

// Tags are names that people give to runs. They may be replaced, as notes may.
extension ArtifactStore {
  /// Gives a run a name, or gives the name to another run.
  ///
  /// - Throws: ``StoreError`` with the code `invalidName` for anything but 1 to 64 of
  ///   `A-Za-z0-9._-` without a dot in front, or `diskFull`, `system`.
  public func setTag(_ name: String, to run: RunID) throws(StoreError) {
    try requireWritable()
    let path = try tagPath(name)
    let body: CanonicalValue = ["name": .string(name), "run": .string(run.description)]
    try replace(try stage(try SealedRecord.encode(body, as: .tag, for: path)), at: path)
    enroll(path)
  }

  /// Whether a text can be the name of a run; asked before work whose end would be to give it.
  ///
  /// - Throws: ``StoreError`` with the code `invalidName`.
  public static func checkTag(_ name: String) throws(StoreError) {
    guard name.isSafeName else { throw StoreError(.invalidName(name), FilePath(name)) }
  }

  /// The run that has a name, or `nil` where no run has it.
  ///
  /// - Throws: ``StoreError`` with the code `invalidName` or `damagedRecord`.
  public func tag(_ name: String) throws(StoreError) -> RunID? {
    let path = try tagPath(name)
    guard let bytes = try files.contents(of: path) else { return nil }
    let body = try SealedRecord.decode(bytes, as: .tag, from: path)
    guard body["name"]?.string == name, let run = body["run"]?.string.flatMap({ RunID($0) }) else {
      throw StoreError(.damagedRecord(reason: "it is not the tag \(name)"), path)
    }
    return run
  }

  /// All names with their runs, in the order of the names; damaged ones are left out.
  public func tags() throws(StoreError) -> [(name: String, run: RunID)] {
    try files.list(layout.folder("refs/tags")).compactMap { name in
      // fsck is who tells of damage; a list of names must not fail for one.
      (try? tag(name)).map { (name: name, run: $0) }
    }
  }

  /// Takes a name away from its run.
  public func removeTag(_ name: String) throws(StoreError) {
    try requireWritable()
    let path = try tagPath(name)
    guard try files.status(path) != nil else { return }
    strike(path)
    try files.unlink(path)
    try files.syncDirectory(layout.folder("refs/tags"))
  }

  private func tagPath(_ name: String) throws(StoreError) -> FilePath {
    guard name.isSafeName else { throw StoreError(.invalidName(name), layout.folder("refs/tags")) }
    return layout.tag(name)
  }
}
