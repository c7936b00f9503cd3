public import ArtifactStore
internal import ContentAddressing

/// The runs of a store, as people name them: by id, by the beginning of an id, by tag, or `latest`.
public struct RunCatalog: Sendable {
  private let store: ArtifactStore

  public init(store: ArtifactStore) { self.store = store }

  /// One run of the store.
  public enum Entry: Sendable {
    case complete(PipelineRun)
    /// The process is still running, or ended without closing the record.
    case unfinished(id: String)
    /// The record cannot be read; the rest of the store is not affected.
    case damaged(id: String)

    public var id: String {
      switch self {
      case .complete(let record): record.id
      case .unfinished(let id), .damaged(let id): id
      }
    }
  }

  /// All runs, newest first.
  ///
  /// - Throws: ``StoreError`` where the folder of runs cannot be read.
  public func entries() throws -> [Entry] {
    try store.runs().map(Self.entry)
  }

  /// All complete runs, newest first.
  public func records() throws -> [PipelineRun] {
    try entries().compactMap { entry in
      guard case .complete(let record) = entry else { return nil }
      return record
    }
  }

  /// The run that `name` names: by the key of a stage, the newest that has it.
  ///
  /// - Throws: ``PipelineError`` with the code `unknownRun` where it names none, or several.
  public func record(named name: String) throws -> PipelineRun {
    if name.hasPrefix(Self.keyPrefix) { return try record(withKey: name) }
    let ids = try store.runIDs().map(\.description)
    let tagged = try? store.tag(name)
    let matches: [String]
    if name == "latest" {
      matches = Array(ids.prefix(1))
    } else if let tagged {
      matches = [tagged.description]
    } else {
      matches = ids.filter { $0.hasPrefix(name.uppercased()) }
    }
    guard let id = matches.first else {
      throw PipelineError(
        .unknownRun, "no run is named “\(name)”; `pipeline runs` lists those of this store")
    }
    guard matches.count == 1 else {
      throw PipelineError(
        .unknownRun,
        "“\(name)” begins the ids of \(matches.count) runs (\(matches.prefix(3).joined(separator: ", "))"
          + "…); give more characters")
    }
    guard let runID = RunID(id) else {
      throw PipelineError(.unknownRun, "the tag “\(name)” names no run")
    }
    switch Self.entry(store.run(runID)) {
    case .complete(let record): return record
    case .unfinished:
      throw PipelineError(
        .unknownRun, "the run \(id) has not finished; its events: pipeline logs \(id)")
    case .damaged:
      throw PipelineError(
        .damagedRecord, "the record of run \(id) is damaged; `pipeline fsck` tells what is lost")
    }
  }

  /// How the key of a stage begins, which names a run as well.
  private static let keyPrefix = "sha256:"

  /// The newest run with a stage whose key begins with `prefix`, at least eight digits of it.
  private func record(withKey prefix: String) throws -> PipelineRun {
    let isLongEnough = prefix.utf8.count >= Self.keyPrefix.utf8.count + 8
    let found =
      try isLongEnough
      ? records().first { record in
        record.stages.contains { $0.key?.description.hasPrefix(prefix.lowercased()) ?? false }
      } : nil
    guard let found else {
      throw PipelineError(
        .unknownRun,
        isLongEnough
          ? "no run of this store has a stage with the key “\(prefix)”"
          : "“\(prefix)” is too short for a key; give at least eight digits")
    }
    return found
  }

  private static func entry(_ entry: RunEntry) -> Entry {
    let id = entry.id.description
    switch entry.state {
    case .closed(let record):
      guard let run = PipelineRun(record.body) else { return .damaged(id: id) }
      return .complete(run)
    case .open: return .unfinished(id: id)
    case .damaged: return .damaged(id: id)
    }
  }
}
