internal import ArtifactStore

/// A tag that the user gives to a run.
enum RunTag {
  /// Refuses invalid names, before any work.
  static func check(_ name: String) throws {
    try ArtifactStore.checkTag(name)
    guard name != "latest" else {
      throw CommandError(.usage, "“latest” always names the newest run; give another --tag")
    }
  }
}
