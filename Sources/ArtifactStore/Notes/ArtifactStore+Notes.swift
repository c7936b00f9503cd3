internal import ContentAddressing
internal import SystemPackage

// A note is what somebody writes about a run: like a tag it may be replaced, and no result depends on it.
extension ArtifactStore {
  /// The most bytes of a note, in UTF-8.
  public static let largestNote = 16_384

  /// Writes the note of a run, in the place of an earlier one.
  ///
  /// - Parameters:
  ///   - text: 1 to ``largestNote`` bytes of UTF-8.
  ///   - run: A run of this store, finished or not.
  /// - Throws: ``StoreError`` with the code `unencodable` for an empty or too long text, or `readOnly`,
  ///   `diskFull`, `system`.
  public func setNote(_ text: String, of run: RunID) throws(StoreError) {
    try requireWritable()
    let path = notePath(run)
    let count = text.utf8.count
    guard (1...Self.largestNote).contains(count) else {
      throw StoreError(
        .unencodable("a note has 1 to \(Self.largestNote) bytes, this one \(count)"), path)
    }
    let body: CanonicalValue = ["run": .string(run.description), "text": .string(text)]
    try replace(try stage(try SealedRecord.encode(body, as: .note, for: path)), at: path)
    enroll(path)
  }

  /// The note of a run, or `nil` where there is none.
  ///
  /// - Throws: ``StoreError`` with the code `damagedRecord`.
  public func note(of run: RunID) throws(StoreError) -> String? {
    let path = notePath(run)
    guard let bytes = try files.contents(of: path) else { return nil }
    let body = try SealedRecord.decode(bytes, as: .note, from: path)
    guard body["run"]?.string == run.description, let text = body["text"]?.string else {
      throw StoreError(.damagedRecord(reason: "it is not a note of run \(run)"), path)
    }
    return text
  }

  /// Takes the note of a run away.
  public func removeNote(of run: RunID) throws(StoreError) {
    try requireWritable()
    let path = notePath(run)
    guard try files.status(path) != nil else { return }
    strike(path)
    try files.unlink(path)
    try files.syncDirectory(path.parent)
  }

  private func notePath(_ run: RunID) -> FilePath {
    layout.run(run).appending(RunDirectory.noteName)
  }
}
