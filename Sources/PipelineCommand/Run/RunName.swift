internal import ArtifactStore
internal import Pipeline

/// A run as people name it, also one that is not finished: an id, its beginning, a tag, or `latest`.
struct RunName {
  private let name: String

  init(_ name: String) { self.name = name }

  /// The id of the run.
  ///
  /// - Throws: ``CommandError`` where no run, or more than one, has the name.
  func id(in store: ArtifactStore) throws -> RunID {
    let ids = try store.runIDs()
    if name == "latest" {
      guard let id = ids.first else {
        throw CommandError(.usage, "the store has no runs yet; start with: pipeline run SPEC")
      }
      return id
    }
    if let tagged = try? store.tag(name) { return tagged }
    let matches = ids.filter { $0.description.hasPrefix(name.uppercased()) }
    guard let id = matches.first else {
      throw CommandError(
        .usage, "no run is named “\(name.shown)”; `pipeline runs` lists those of this store")
    }
    guard matches.count == 1 else {
      throw CommandError(
        .usage,
        "“\(name.shown)” begins the ids of \(matches.count) runs "
          + "(\(matches.prefix(3).map(\.description).joined(separator: ", "))…); give more characters")
    }
    return id
  }
}
