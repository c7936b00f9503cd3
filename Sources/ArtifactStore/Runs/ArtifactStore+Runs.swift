internal import ContentAddressing
internal import SystemPackage

/// One row of the list of runs.
public struct RunEntry: Hashable, Sendable {
  /// How a run ended, as its files tell.
  public enum State: Hashable, Sendable {
    /// It was closed and its record is whole.
    case closed(RunRecord)
    /// It has no record: it is under way or was killed.
    case open
    /// Its record is there and damaged.
    case damaged(reason: String)
  }

  public let id: RunID
  public let state: State
}

extension ArtifactStore {
  /// Begins a run.
  ///
  /// - Parameters:
  ///   - milliseconds: The time, since 1970. Where the store has a later run already (a clock went
  ///     back) the name follows that run's, so that names always sort in the order of beginning.
  ///   - randomBits: What makes the name unique.
  /// - Returns: The run, of which nothing is written yet.
  /// - Throws: ``StoreError`` with the code `readOnly` or `system`.
  public func beginRun(
    milliseconds: UInt64, randomBits: (UInt64, UInt64)
  ) throws(StoreError) -> RunDirectory {
    try requireWritable()
    var id = RunID(milliseconds: milliseconds, randomBits: randomBits)
    if let last = try runIDs().first, last >= id { id = last.successor }
    return RunDirectory(id: id, store: self)
  }

  /// Goes on with a run that was never closed: a torn last event is cut off, further ones are appended.
  ///
  /// - Throws: ``StoreError`` with the code `damagedRecord` where the run is closed already.
  public func reopenRun(_ id: RunID) throws(StoreError) -> RunDirectory {
    try requireWritable()
    guard run(id).state == .open else {
      throw StoreError(
        .damagedRecord(reason: "the run is closed"),
        layout.run(id).appending(RunDirectory.recordName))
    }
    let path = layout.run(id).appending(RunDirectory.eventsName)
    if let bytes = try files.contents(of: path, limit: .max),
      let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 })
        ?? (bytes.isEmpty ? nil : 0),
      whole < bytes.count
    {
      let file = try files.open(path, .changing)
      defer { files.closeQuietly(file) }
      try files.truncate(file, to: whole)
      try files.sync(file)
    }
    return RunDirectory(id: id, store: self)
  }

  /// The names of all runs, the newest first.
  public func runIDs() throws(StoreError) -> [RunID] {
    try files.list(layout.folder("runs")).compactMap { RunID($0) }.sorted(by: >)
  }

  /// All runs, the newest first; a damaged one is a row like any other.
  public func runs() throws(StoreError) -> [RunEntry] {
    var entries: [RunEntry] = []
    for id in try runIDs() { entries.append(run(id)) }
    return entries
  }

  /// One run, as far as it can be read.
  public func run(_ id: RunID) -> RunEntry {
    let path = layout.run(id).appending(RunDirectory.recordName)
    do throws(StoreError) {
      guard let bytes = try files.contents(of: path) else { return RunEntry(id: id, state: .open) }
      let body = try SealedRecord.decode(bytes, as: .run, from: path)
      guard let record = RunRecord(record: body) else {
        return RunEntry(id: id, state: .damaged(reason: "a member is missing"))
      }
      guard record.id == id else {
        return RunEntry(id: id, state: .damaged(reason: "it belongs to run \(record.id)"))
      }
      return RunEntry(id: id, state: .closed(record))
    } catch {
      guard case .damagedRecord(let reason) = error.code else {
        return RunEntry(id: id, state: .damaged(reason: error.description))
      }
      return RunEntry(id: id, state: .damaged(reason: reason))
    }
  }

  /// The events of a run, one line each without its newline.
  ///
  /// A last line without its newline was cut off by the death of its process and is left out.
  public func events(of id: RunID) throws(StoreError) -> [[UInt8]] {
    let path = layout.run(id).appending(RunDirectory.eventsName)
    guard let bytes = try files.contents(of: path, limit: .max) else { return [] }
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    return bytes[...end].dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { Array($0) }
  }

  /// The page of a run, or `nil` where none was written.
  public func report(of id: RunID) throws(StoreError) -> [UInt8]? {
    try files.contents(of: layout.run(id).appending(RunDirectory.reportName))
  }

  /// What a file that is no object holds just now.
  func contentOfFile(_ path: FilePath) throws(StoreError) -> Content {
    let file = try files.open(path, .reading)
    defer { files.closeQuietly(file) }
    return try files.content(of: file)
  }
}
