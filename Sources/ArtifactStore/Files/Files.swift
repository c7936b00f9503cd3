internal import ContentAddressing
package import SystemPackage

/// The file operations with the store's policy: what is retried, what is final, what an error means.
///
/// An interrupted call is made again, except `close`, which has closed. A short write goes on. A failed
/// sync or close is final for that file. Errors become ``StoreError``s that know their path.
package struct Files: Sendable {
  package let operations: any FileOperations

  package init(_ operations: any FileOperations) { self.operations = operations }

  /// Bytes read or written at a time: below malloc's threshold for mapping, so that buffers are reused.
  static let chunk = 120 << 10

  private func attempt<Value>(
    _ call: String, _ path: FilePath, needed: Int? = nil, _ body: () throws(Errno) -> Value
  ) throws(StoreError) -> Value {
    while true {
      do throws(Errno) {
        return try body()
      } catch .interrupted where call != "close" {
        continue
      } catch {
        throw failure(call, path, error, needed: needed)
      }
    }
  }

  func failure(
    _ call: String, _ path: FilePath, _ errno: Errno, needed: Int?
  ) -> StoreError {
    switch errno {
    case .noSpace, .diskQuotaExceeded:
      let free = (try? operations.availableBytes(path.parent)) ?? 0
      return StoreError(.diskFull(needed: needed, free: free), path)
    case .readOnlyFileSystem:
      return StoreError(.readOnly, path)
    default:
      return StoreError(.system(call: call, errno), path)
    }
  }
}

// MARK: One call each

extension Files {
  package func open(
    _ path: FilePath, _ purpose: OpenPurpose
  ) throws(StoreError) -> OpenFile {
    try attempt("open", path) { () throws(Errno) in try operations.open(path, purpose) }
  }

  /// Opens what may be absent.
  package func openIfPresent(
    _ path: FilePath, _ purpose: OpenPurpose
  ) throws(StoreError) -> OpenFile? {
    try absentAsNil { () throws(StoreError) in try open(path, purpose) }
  }

  package func close(_ file: OpenFile) throws(StoreError) {
    try attempt("close", file.path) { () throws(Errno) in try operations.close(file) }
  }

  /// Closes a file that was only read, or whose failure is already being reported.
  package func closeQuietly(_ file: OpenFile) { try? operations.close(file) }

  package func sync(_ file: OpenFile) throws(StoreError) {
    try attempt("fsync", file.path) { () throws(Errno) in try operations.sync(file) }
  }

  /// Syncs several files at once: the disk then does in one go what takes as long for each alone.
  package func sync(_ files: [OpenFile]) throws(StoreError) {
    guard let first = files.first else { return }
    guard files.count > 1 else { return try sync(first) }
    try attempt("fsync", first.path) { () throws(Errno) in try operations.sync(files) }
  }

  package func truncate(_ file: OpenFile, to size: Int) throws(StoreError) {
    try attempt("ftruncate", file.path) { () throws(Errno) in
      try operations.truncate(file, to: size)
    }
  }

  package func setPermissions(_ file: OpenFile, _ permissions: UInt32) throws(StoreError) {
    try attempt("fchmod", file.path) { () throws(Errno) in
      try operations.setPermissions(file, permissions)
    }
  }

  package func rename(_ from: FilePath, _ to: FilePath) throws(StoreError) {
    try attempt("rename", to) { () throws(Errno) in try operations.rename(from, to) }
  }

  package func unlink(_ path: FilePath) throws(StoreError) {
    try attempt("unlink", path) { () throws(Errno) in try operations.unlink(path) }
  }

  package func removeDirectory(_ path: FilePath) throws(StoreError) {
    try attempt("rmdir", path) { () throws(Errno) in try operations.removeDirectory(path) }
  }

  package func tryLock(_ file: OpenFile, exclusive: Bool) throws(StoreError) -> Bool {
    try attempt("flock", file.path) { () throws(Errno) in
      try operations.tryLock(file, exclusive: exclusive)
    }
  }

  package func status(_ file: OpenFile) throws(StoreError) -> FileStatus {
    try attempt("fstat", file.path) { () throws(Errno) in try operations.status(file) }
  }

  /// The status of what is at `path`, or `nil` where nothing is.
  package func status(_ path: FilePath) throws(StoreError) -> FileStatus? {
    try absentAsNil { () throws(StoreError) in
      try attempt("lstat", path) { () throws(Errno) in try operations.status(path) }
    }
  }

  package func availableBytes(_ path: FilePath) throws(StoreError) -> Int {
    try attempt("statvfs", path) { () throws(Errno) in try operations.availableBytes(path) }
  }

  /// The names in a directory, sorted bytewise; none where there is no directory.
  package func list(_ path: FilePath) throws(StoreError) -> [String] {
    let names = try absentAsNil { () throws(StoreError) in
      try attempt("readdir", path) { () throws(Errno) in try operations.list(path) }
    }
    return (names ?? []).sorted()
  }

  /// Turns "no such file" into `nil`.
  private func absentAsNil<Value>(
    _ body: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value? {
    do throws(StoreError) {
      return try body()
    } catch {
      guard case .system(_, .noSuchFileOrDirectory) = error.code else { throw error }
      return nil
    }
  }
}
