internal import ContentAddressing

/// What the files of objects looked like when they were last known to be right.
///
/// A convenience that can be thrown away: whatever is not in it is hashed.
struct StatCache: Sendable {
  var statuses: [Digest: FileStatus] = [:]

  /// Whether the file in the store was read in already.
  var isLoaded = false

  /// Whether there is something to save.
  var isChanged = false

  /// The age in nanoseconds below which a file is not trusted: the coarsest clock of a file system in
  /// use is two seconds, and a change within one tick of it leaves no trace in the times.
  static let youth: Int64 = 2_000_000_000
}

extension FileStatus {
  /// Whether the file was changed less than two seconds before `now`, or in the future.
  func isYoung(at now: Int64) -> Bool { now - max(modified, changed) < StatCache.youth }
}
