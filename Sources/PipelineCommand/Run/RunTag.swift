internal import ArtifactStore

/// A name that somebody gives to a run.
enum RunTag {
  /// Refuses what cannot be one; asked before any work.
  static func check(_ name: String) throws {
    try ArtifactStore.checkTag(name)
    guard name != "latest" else {
      throw CommandError(.usage, "“latest” always names the newest run; give another --tag")
    }
  }
}
