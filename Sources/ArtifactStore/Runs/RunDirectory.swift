public import ContentAddressing
internal import Synchronization
public import SystemPackage

/// The folder of a run that is under way: its events are appended, its record is written at the end.
///
/// The folder comes into being with the first event or the record, so that a run which finds nothing to
/// do costs one file. It appears with a file in it, the events or the record: an empty one has lost it.
public final class RunDirectory: Sendable {
  /// The name of the run.
  public let id: RunID

  /// The folder of the run, which may not be there yet.
  public let path: FilePath

  private let store: ArtifactStore
  private let state: Mutex<State>

  private struct State {
    var isMade = false
    var isClosed = false
    var events: OpenFile?
    var report: Content?
    /// A page that waits for the record, to appear together with it.
    var page: [UInt8]?
  }

  /// How sure it must be that what was written outlives a power cut.
  public enum Durability: Hashable, Sendable {
    /// It is on the medium when the call returns. For runs that computed something.
    case full
    /// It may be lost, whole, if the power fails within seconds; never torn. For runs that had nothing
    /// to do, and so no events: page and record appear at once, as one folder.
    case eventual
  }

  init(id: RunID, store: ArtifactStore) {
    self.id = id
    self.store = store
    path = store.layout.run(id)
    state = Mutex(State())
  }

  deinit {
    state.withLock { state in
      if let events = state.events { store.files.closeQuietly(events) }
    }
  }

  static let eventsName = "events.ndjson"
  static let reportName = "report.html"
  static let recordName = "run.json"
  static let noteName = "note.json"

  /// Appends one event: a line of JSON without its newline.
  ///
  /// One write for a line, so that lines of several threads never mix and at most the last is torn. Not
  /// durable before ``close(_:results:durability:)``.
  ///
  /// - Precondition: `line` holds no newline, and the run is not closed.
  public func append(_ line: [UInt8]) throws(StoreError) {
    precondition(!line.contains(UInt8(ascii: "\n")), "an event is one line")
    try state.withLock { state throws(StoreError) in
      precondition(!state.isClosed, "the run is closed")
      let events = try makeEvents(&state)
      try store.files.write(line + [UInt8(ascii: "\n")], to: events)
    }
  }

  /// Writes the page of the run, replacing an earlier one.
  ///
  /// - Precondition: The run is not closed.
  public func writeReport(
    _ page: [UInt8], durability: Durability = .full
  ) throws(StoreError) {
    try state.withLock { state throws(StoreError) in
      precondition(!state.isClosed, "the run is closed")
      if durability == .eventual, !state.isMade {
        state.page = page
        return
      }
      _ = try makeEvents(&state)
      let staged = try store.stage(page)
      // A page without events tells of a run whose record was lost: the events' name comes first.
      try store.files.syncDirectory(path)
      try store.replace(staged, at: path.appending(Self.reportName))
      state.report = staged.content
    }
  }

  /// Writes the record of the run; the run is then closed for good.
  ///
  /// - Parameters:
  ///   - body: What the run was and did.
  ///   - results: The results that the run computed or reused, which `fsck` then looks for.
  ///   - objects: The objects that the run read and that are no outputs: its spec, files of the user's.
  ///   - durability: How sure it must be that the record outlives a power cut.
  /// - Throws: ``StoreError``; the run then has no record.
  /// - Precondition: The run is not closed.
  public func close(
    _ body: CanonicalValue, results: [ResultReference] = [], objects: [Content] = [],
    durability: Durability = .full
  ) throws(StoreError) {
    try state.withLock { state throws(StoreError) in
      precondition(!state.isClosed, "the run is closed")
      let record = path.appending(Self.recordName)
      func encoded(events: Content?, report: Content?) throws(StoreError) -> [UInt8] {
        let summary = RunRecord(
          id: id, body: body, results: results, objects: objects, events: events, report: report)
        return try SealedRecord.encode(summary.record, as: .run, for: record)
      }
      if durability == .eventual, !state.isMade {
        let report = state.page.map { Content(of: $0) }
        try publishWhole(record: try encoded(events: nil, report: report), page: state.page)
      } else {
        _ = try makeEvents(&state)
        let events = try endEvents(&state)
        let staged = try store.stage(try encoded(events: events, report: state.report))
        try store.place(staged, at: record) { _ throws(StoreError) in false }
        store.enroll(record)
      }
      state.isClosed = true
    }
  }

  /// Makes the folder of a run without events appear with all that is in it.
  ///
  /// Everything below the new name is durable before the name exists; the name itself is not waited for.
  private func publishWhole(record: [UInt8], page: [UInt8]?) throws(StoreError) {
    let folder = try store.temporaryPath()
    try store.files.makeDirectory(folder)
    var written: [OpenFile] = []
    do throws(StoreError) {
      for (name, bytes) in [(Self.reportName, page), (Self.recordName, record)] {
        guard let bytes else { continue }
        let file = try store.files.open(folder.appending(name), .creating)
        written.append(file)
        try store.files.write(bytes, to: file)
        try store.files.setPermissions(file, 0o444)
      }
      written.append(try store.files.open(folder, .directory))
      try store.files.sync(written)
      while let file = written.popLast() { try store.files.close(file) }
      try store.files.rename(folder, path)
    } catch {
      for file in written { store.files.closeQuietly(file) }
      try? store.removeTree(folder)
      throw error
    }
  }

  /// Closes the file of events and says what is in it.
  private func endEvents(_ state: inout State) throws(StoreError) -> Content? {
    guard let file = state.events else { return nil }
    try store.files.sync(file)
    // The events' name is durable before the record can say that they are there.
    try store.files.syncDirectory(path)
    state.events = nil
    try store.files.close(file)
    return try store.contentOfFile(path.appending(Self.eventsName))
  }

  /// The open file of events, in a folder that appears together with it.
  private func makeEvents(_ state: inout State) throws(StoreError) -> OpenFile {
    if let events = state.events { return events }
    let events: OpenFile
    if try store.files.status(path) != nil {
      // The run was begun before and goes on.
      events = try store.files.open(path.appending(Self.eventsName), .appending)
    } else {
      events = try publishFolder()
    }
    state.events = events
    state.isMade = true
    return events
  }

  /// Makes the folder appear with an empty file of events, which is durable before the name exists.
  private func publishFolder() throws(StoreError) -> OpenFile {
    let folder = try store.temporaryPath()
    try store.files.makeDirectory(folder)
    var opened: [OpenFile] = []
    do throws(StoreError) {
      let events = try store.files.open(folder.appending(Self.eventsName), .appending)
      opened.append(events)
      let directory = try store.files.open(folder, .directory)
      opened.append(directory)
      try store.files.sync(opened)
      _ = opened.popLast()
      try store.files.close(directory)
      try store.files.rename(folder, path)
      try store.files.syncDirectory(path.parent)
      return OpenFile(number: events.number, path: path.appending(Self.eventsName))
    } catch {
      for file in opened { store.files.closeQuietly(file) }
      try? store.removeTree(folder)
      throw error
    }
  }
}
