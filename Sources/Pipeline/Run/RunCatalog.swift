public import ArtifactStore
internal import ContentAddressing
internal import PipelineSpec

/// The runs of a store by name: an id, an id prefix, a tag, or `latest`.
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
  /// - Throws: ``StoreError`` if the folder of runs cannot be read.
  public func entries() throws -> [Entry] {
    try store.runs().map(Self.entry)
  }

  /// The newest runs, at most `count`: no record of another one is read.
  ///
  /// - Throws: ``StoreError`` if the folder of runs cannot be read.
  public func newest(_ count: Int) throws -> [Entry] {
    try store.runIDs().prefix(count).map { Self.entry(store.run($0)) }
  }

  /// All complete runs, newest first.
  public func records() throws -> [PipelineRun] {
    try entries().compactMap { entry in
      guard case .complete(let record) = entry else { return nil }
      return record
    }
  }

  /// The run named `name`, finished or not: an id, an id prefix, a tag, or `latest`; by the
  /// key of a stage the newest that has it.
  ///
  /// - Throws: ``PipelineError`` with the code `unknownRun` if it names none, or several.
  public func id(named name: String) throws -> RunID {
    if name.hasPrefix(Self.keyPrefix) { return try id(withKey: name) }
    let ids = try store.runIDs()
    if name == "latest" {
      guard let id = ids.first else {
        throw PipelineError(
          .unknownRun, "the store has no runs yet; start with: pipeline run SPEC")
      }
      return id
    }
    if let tagged = try? store.tag(name) { return tagged }
    let matches = ids.filter { $0.description.hasPrefix(name.uppercased()) }
    guard let id = matches.first, !name.isEmpty else {
      if [".yaml", ".yml"].contains(where: { name.hasSuffix($0) }) {
        throw PipelineError(
          .unknownRun,
          "“\(name)” is a spec, but a run is needed: give `latest`, a tag, or an id that "
            + "`pipeline runs` lists")
      }
      let meant = try suggestion(for: name, ids: ids).map { "; did you mean “\($0)”?" }
      throw PipelineError(
        .unknownRun,
        "no run is named “\(name)”" + (meant ?? "; `pipeline runs` lists those of this store"))
    }
    guard matches.count == 1 else {
      throw PipelineError(
        .unknownRun,
        "“\(name)” matches the ids of \(matches.count) runs "
          + "(\(matches.prefix(3).map(\.description).joined(separator: ", "))"
          + "\(matches.count > 3 ? "…" : "")); give more characters")
    }
    return id
  }

  /// The tag or id most similar to a name.
  private func suggestion(for name: String, ids: [RunID]) throws -> String? {
    let tags = try store.tags().map(\.name)
    if let meant = Suggestion.nearest(to: name, among: ["latest"] + tags) { return meant }
    // Users type the beginning of an id.
    guard name.count >= 4 else { return nil }
    let beginnings = Dictionary(
      ids.map { (String($0.description.prefix(name.count)), $0.description) },
      uniquingKeysWith: { first, _ in first })
    return Suggestion.nearest(to: name.uppercased(), among: beginnings.keys.sorted())
      .flatMap { beginnings[$0] }
  }

  /// The finished run that `name` names.
  ///
  /// - Throws: ``PipelineError`` with the code `unknownRun` if it names none, several, or one that
  ///   has not finished.
  public func record(named name: String) throws -> PipelineRun {
    let id = try id(named: name)
    switch Self.entry(store.run(id)) {
    case .complete(let record): return record
    case .unfinished:
      throw PipelineError(
        .unknownRun, "the run \(id) has not finished; its events: pipeline logs \(id)")
    case .damaged:
      throw PipelineError(
        .damagedRecord, "the record of run \(id) is damaged; `pipeline fsck` shows what is lost")
    }
  }

  /// How the key of a stage begins, which names a run as well.
  private static let keyPrefix = "sha256:"

  /// The newest run with a stage whose key begins with `prefix`, at least eight digits of it.
  private func id(withKey prefix: String) throws -> RunID {
    let isLongEnough = prefix.utf8.count >= Self.keyPrefix.utf8.count + 8
    let found =
      try isLongEnough
      ? records().first { record in
        record.stages.contains { $0.key?.description.hasPrefix(prefix.lowercased()) ?? false }
      } : nil
    guard let id = found.flatMap({ RunID($0.id) }) else {
      throw PipelineError(
        .unknownRun,
        isLongEnough
          ? "no run of this store has a stage with the key “\(prefix)”"
          : "“\(prefix)” is too short for a key; give at least eight digits")
    }
    return id
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
