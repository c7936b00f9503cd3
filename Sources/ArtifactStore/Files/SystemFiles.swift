internal import CPosix
package import SystemPackage

/// The operations as the kernel does them.
package struct SystemFiles: FileOperations {
  package init() {}

  package func open(_ path: FilePath, _ purpose: OpenPurpose) throws(Errno) -> OpenFile {
    let (kind, permissions) =
      switch purpose {
      case .reading: (Int32(cposix_read_only), UInt32(0))
      case .readingForeign: (Int32(cposix_read_foreign), 0)
      case .creating: (Int32(cposix_create_new), 0o600)
      case .appending: (Int32(cposix_append), 0o644)
      case .locking: (Int32(cposix_lock_file), 0o644)
      case .changing: (Int32(cposix_write_existing), 0)
      case .directory: (Int32(cposix_directory), 0)
      }
    // SAFETY: the string lives for the call and ends in NUL.
    let number = unsafe path.withPlatformString { unsafe cposix_open($0, kind, permissions) }
    try check(number)
    return OpenFile(number: number, path: path)
  }

  package func close(_ file: OpenFile) throws(Errno) { try check(cposix_close(file.number)) }

  package func read(_ file: OpenFile, upTo count: Int) throws(Errno) -> [UInt8] {
    var result: Int64 = 0
    // SAFETY: the kernel initializes exactly the count that it returns, at most the capacity.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      result = unsafe cposix_read(file.number, buffer.baseAddress, count)
      initialized = max(0, Int(result))
    }
    guard result >= 0 else { throw Errno(rawValue: CInt(-result)) }
    return bytes
  }

  package func write(_ file: OpenFile, _ bytes: RawSpan) throws(Errno) -> Int {
    // SAFETY: the buffer is only read, and only during the call.
    let result = unsafe bytes.withUnsafeBytes { buffer in
      unsafe cposix_write(file.number, buffer.baseAddress, buffer.count)
    }
    guard result >= 0 else { throw Errno(rawValue: CInt(-result)) }
    return Int(result)
  }

  package func sync(_ file: OpenFile) throws(Errno) { try check(cposix_fsync(file.number)) }

  package func sync(_ files: [OpenFile]) throws(Errno) {
    let numbers = files.map(\.number)
    // SAFETY: the array is only read, during the call.
    try check(
      unsafe numbers.withUnsafeBufferPointer { numbers in
        unsafe cposix_fsync_all(numbers.baseAddress, Int32(numbers.count))
      })
  }

  package func truncate(_ file: OpenFile, to size: Int) throws(Errno) {
    try check(cposix_ftruncate(file.number, Int64(size)))
  }

  package func setPermissions(_ file: OpenFile, _ permissions: UInt32) throws(Errno) {
    try check(cposix_fchmod(file.number, permissions))
  }

  package func tryLock(_ file: OpenFile, exclusive: Bool) throws(Errno) -> Bool {
    let result = cposix_try_lock(file.number, exclusive ? 1 : 0)
    if result == -Errno.wouldBlock.rawValue { return false }
    try check(result)
    return true
  }

  package func status(_ file: OpenFile) throws(Errno) -> FileStatus {
    var status = cposix_status()
    // SAFETY: the structure outlives the call.
    try check(unsafe cposix_stat_fd(file.number, &status))
    return FileStatus(status)
  }

  package func clone(_ from: OpenFile, to: OpenFile) throws(Errno) {
    try check(cposix_clone(from.number, to.number))
  }

  package func startWriteback(_ file: OpenFile, offset: Int, count: Int) {
    cposix_start_writeback(file.number, Int64(offset), Int64(count))
  }

  /// Turns a negative result into the error number that it stands for.
  func check(_ result: Int32) throws(Errno) {
    guard result >= 0 else { throw Errno(rawValue: -result) }
  }
}

extension FileStatus {
  init(_ status: cposix_status) {
    self.init(
      device: status.device, inode: status.inode, size: Int(status.size),
      modified: status.modified, changed: status.changed, permissions: status.mode,
      isRegularFile: status.is_regular != 0, isDirectory: status.is_directory != 0)
  }
}
