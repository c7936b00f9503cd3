public import ContentAddressing
internal import Synchronization
public import SystemPackage

/// The folder of a run that is under way: its events are appended, its record is written at the end.
///
/// The folder comes into being with the first event or the record, so that a run which finds nothing to
/// do costs one file.
public final class RunDirectory: Sendable {
  public let id: RunID

  /// The folder of the run, which may not be there yet.
  public let path: FilePath

  private let store: ArtifactStore
  private let state = Mutex(State())

  private struct State {
    var isMade = false
    var isClosed = false
    var events: OpenFile?
    var report: Content?
  }

  init(id: RunID, store: ArtifactStore) {
    self.id = id
    self.store = store
    path = store.layout.run(id)
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
  /// durable before ``close(_:)``.
  ///
  /// - Precondition: `line` holds no newline.
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
        // The events' name is durable before the record can say that they are there.
        try store.files.syncDirectory(path)
      }
      try store.files.write(line + [UInt8(ascii: "\n")], to: events)
    }
  }

  /// Publishes the page of the run.
  public func writeReport(_ page: [UInt8]) throws(StoreError) {
    try state.withLock { state throws(StoreError) in
      precondition(!state.isClosed, "the run is closed")
      try make(&state)
      let staged = try store.stage(page)
      try store.replace(staged, at: path.appending(Self.reportName))
      state.report = staged.content
    }
  }

  /// Writes the record of the run, durably; the run is then closed for good.
  ///
  /// - Parameters:
  ///   - body: What the run was and did.
  ///   - results: The results that the run computed or reused, which `fsck` then looks for.
  public func close(
    _ body: CanonicalValue, results: [ResultReference] = []
  ) throws(StoreError) {
    try state.withLock { state throws(StoreError) in
      precondition(!state.isClosed, "the run is closed")
      try make(&state)
      var events: Content?
      if let file = state.events {
        try store.files.sync(file)
        store.files.closeQuietly(file)
        state.events = nil
        events = try store.contentOfFile(path.appending(Self.eventsName))
      }
      let record = path.appending(Self.recordName)
      let summary = RunRecord(
        id: id, body: body, results: results, events: events, report: state.report)
      let bytes = try SealedRecord.encode(summary.record, as: .run, for: record)
      try store.place(try store.stage(bytes), at: record) { _ throws(StoreError) in false }
      state.isClosed = true
    }
  }

  private func make(_ state: inout State) throws(StoreError) {
    guard !state.isMade else { return }
    try store.makeDurableDirectory(path)
    state.isMade = true
  }
}

/// A result that a run computed or reused: the key, and the digest of the record.
public struct ResultReference: Hashable, Sendable {
  public let key: Digest
  public let result: Digest

  public init(key: Digest, result: Digest) {
    self.key = key
    self.result = result
  }

  public init(_ record: ResultRecord) { self.init(key: record.key, result: record.digest) }
}
