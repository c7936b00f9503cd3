package import SystemPackage

/// Everything the store does to a disk: the one door that tests can watch, fail and cut.
///
/// Each method is one system call and throws its error number. No method retries, loops or cleans up:
/// that policy is ``Files``'. Laws: a method that throws has had no effect that a caller may rely on; a
/// file of the store is never reached through a final symbolic link.
package protocol FileOperations: Sendable {
  func open(_ path: FilePath, _ purpose: OpenPurpose) throws(Errno) -> OpenFile
  func close(_ file: OpenFile) throws(Errno)
  /// Up to `count` bytes from the file's position; none at its end.
  func read(_ file: OpenFile, upTo count: Int) throws(Errno) -> [UInt8]
  /// The number of bytes that were taken, which may be fewer than were given.
  func write(_ file: OpenFile, _ bytes: RawSpan) throws(Errno) -> Int
  /// Returns when the file's bytes (or the directory's entries) are on the medium.
  func sync(_ file: OpenFile) throws(Errno)
  /// As ``sync(_:)`` for each of several files, in any order or at once.
  func sync(_ files: [OpenFile]) throws(Errno)
  func truncate(_ file: OpenFile, to size: Int) throws(Errno)
  func setPermissions(_ file: OpenFile, _ permissions: UInt32) throws(Errno)
  /// Gives a file a second name; fails with `EEXIST` where the name is taken.
  func link(_ from: FilePath, _ to: FilePath) throws(Errno)
  /// Moves a name, replacing what had it.
  func rename(_ from: FilePath, _ to: FilePath) throws(Errno)
  /// Moves a name; fails with `EEXIST` where the new one is taken.
  func renameExclusively(_ from: FilePath, _ to: FilePath) throws(Errno)
  func unlink(_ path: FilePath) throws(Errno)
  func makeDirectory(_ path: FilePath) throws(Errno)
  func removeDirectory(_ path: FilePath) throws(Errno)
  /// Takes the lock if it is free, and says whether it did.
  func tryLock(_ file: OpenFile, exclusive: Bool) throws(Errno) -> Bool
  func status(_ path: FilePath) throws(Errno) -> FileStatus
  func status(_ file: OpenFile) throws(Errno) -> FileStatus
  /// The names in a directory, in no order.
  func list(_ path: FilePath) throws(Errno) -> [String]
  /// Makes `to` share the blocks of `from`, where the file system can.
  func clone(_ from: OpenFile, to: OpenFile) throws(Errno)
  /// The bytes that may still be written on the file system of `path`.
  func availableBytes(_ path: FilePath) throws(Errno) -> Int
  /// Begins writing out what was written so far; a hint without a promise.
  func startWriteback(_ file: OpenFile, offset: Int, count: Int)
}

extension FileOperations {
  package func sync(_ files: [OpenFile]) throws(Errno) {
    for file in files { try sync(file) }
  }
}

/// What a file is opened for; each stands for one fixed set of flags, close-on-exec in all of them.
package enum OpenPurpose: Hashable, Sendable {
  case reading
  /// Opens a file of the user's, by a symbolic link too.
  case readingForeign
  /// Creates the file, which must not exist, readable and writable for its owner only.
  case creating
  /// Opens or creates; every write goes to the end.
  case appending
  /// Opens or creates a file that exists to be locked.
  case locking
  /// Opens an existing file to cut it.
  case changing
  /// Opens a directory to sync it.
  case directory
}

/// An open file: its number, and the path for messages.
package struct OpenFile: Hashable, Sendable {
  package let number: Int32
  package let path: FilePath

  package init(number: Int32, path: FilePath) {
    self.number = number
    self.path = path
  }
}

/// What the store looks at of a file's metadata.
package struct FileStatus: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64
  package var size: Int
  /// When the bytes changed last, in nanoseconds since 1970.
  package var modified: Int64
  /// When the metadata changed last, in nanoseconds since 1970.
  package var changed: Int64
  package var permissions: UInt32
  package var isRegularFile: Bool
  package var isDirectory: Bool

  package init(
    device: UInt64, inode: UInt64, size: Int, modified: Int64, changed: Int64,
    permissions: UInt32, isRegularFile: Bool, isDirectory: Bool
  ) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
    self.permissions = permissions
    self.isRegularFile = isRegularFile
    self.isDirectory = isDirectory
  }
}
