public import ContentAddressing
internal import Synchronization
public import SystemPackage

/// The folder of a run that is under way: its events are appended, its record is written at the end.
///
/// The folder comes into being with the first event or the record, so that a run which finds nothing to
/// do costs one file.
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
  }

  /// How sure it must be that what was written outlives a power cut.
  public enum Durability: Hashable, Sendable {
    /// It is on the medium when the call returns. For runs that computed something.
    case full
    /// It may be lost, whole, if the power fails within seconds; never torn. For runs that had nothing
    /// to do: one fsync instead of five. Events and page are then not vouched for by the record.
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
      let events: OpenFile
      if let open = state.events {
        events = open
      } else {
        try make(&state)
        events = try store.files.open(path.appending(Self.eventsName), .appending)
        state.events = events
      }
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
      try make(&state)
      let target = path.appending(Self.reportName)
      switch durability {
      case .full:
        let staged = try store.stage(page)
        try store.replace(staged, at: target)
        state.report = staged.content
      case .eventual:
        try store.writeUnsynced(page, to: target)
        state.report = nil
      }
    }
  }

  /// Writes the record of the run; the run is then closed for good.
  ///
  /// - Parameters:
  ///   - body: What the run was and did.
  ///   - results: The results that the run computed or reused, which `fsck` then looks for.
  ///   - durability: How sure it must be that the record outlives a power cut.
  /// - Throws: ``StoreError``; the run then has no record.
  /// - Precondition: The run is not closed.
  public func close(
    _ body: CanonicalValue, results: [ResultReference] = [], durability: Durability = .full
  ) throws(StoreError) {
    try state.withLock { state throws(StoreError) in
      precondition(!state.isClosed, "the run is closed")
      try make(&state)
      let events = try endEvents(&state, durability)
      let record = path.appending(Self.recordName)
      let summary = RunRecord(
        id: id, body: body, results: results, events: events,
        report: durability == .full ? state.report : nil)
      let staged = try store.stage(try SealedRecord.encode(summary.record, as: .run, for: record))
      switch durability {
      case .full:
        try store.place(staged, at: record) { _ throws(StoreError) in false }
        try store.files.syncDirectory(path.parent)
      case .eventual:
        // The bytes are durable before the name exists, so the name never leads to a torn record.
        try store.files.rename(staged.path, record)
      }
      state.isClosed = true
    }
  }

  /// Closes the file of events; says what is in it if that will outlive a power cut.
  private func endEvents(
    _ state: inout State, _ durability: Durability
  ) throws(StoreError) -> Content? {
    guard let file = state.events else { return nil }
    if durability == .full {
      try store.files.sync(file)
      // The events' name is durable before the record can say that they are there.
      try store.files.syncDirectory(path)
    }
    state.events = nil
    try store.files.close(file)
    guard durability == .full else { return nil }
    return try store.contentOfFile(path.appending(Self.eventsName))
  }

  private func make(_ state: inout State) throws(StoreError) {
    guard !state.isMade else { return }
    try store.files.makeDirectory(path)
    state.isMade = true
  }
}
