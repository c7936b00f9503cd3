internal import CPosix
package import SystemPackage

// The operations on names rather than on open files.
// SAFETY (all of this file): each path's string ends in NUL and lives for its call.
extension SystemFiles {
  package func link(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try check(
      unsafe from.withPlatformString { from in
        unsafe to.withPlatformString { to in unsafe cposix_link(from, to) }
      })
  }

  package func rename(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try check(
      unsafe from.withPlatformString { from in
        unsafe to.withPlatformString { to in unsafe cposix_rename(from, to) }
      })
  }

  package func renameExclusively(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try check(
      unsafe from.withPlatformString { from in
        unsafe to.withPlatformString { to in unsafe cposix_rename_exclusive(from, to) }
      })
  }

  package func unlink(_ path: FilePath) throws(Errno) {
    try check(unsafe path.withPlatformString { unsafe cposix_unlink($0) })
  }

  package func makeDirectory(_ path: FilePath) throws(Errno) {
    try check(unsafe path.withPlatformString { unsafe cposix_mkdir($0, 0o755) })
  }

  package func removeDirectory(_ path: FilePath) throws(Errno) {
    try check(unsafe path.withPlatformString { unsafe cposix_rmdir($0) })
  }

  package func status(_ path: FilePath) throws(Errno) -> FileStatus {
    var status = cposix_status()
    try check(unsafe path.withPlatformString { unsafe cposix_stat_path($0, &status) })
    return FileStatus(status)
  }

  package func availableBytes(_ path: FilePath) throws(Errno) -> Int {
    let result = unsafe path.withPlatformString { unsafe cposix_available_bytes($0) }
    guard result >= 0 else { throw Errno(rawValue: CInt(-result)) }
    return Int(result)
  }

  package func list(_ path: FilePath) throws(Errno) -> [String] {
    var capacity = 1 << 14
    while true {
      var used = 0
      var result: Int32 = 0
      // SAFETY: the shim writes `used` bytes, at most the capacity.
      let names = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
        result = unsafe path.withPlatformString { path in
          unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
            unsafe cposix_list(path, characters.baseAddress, capacity, &used)
          }
        }
        initialized = used
      }
      if result == -Errno.outOfRange.rawValue {
        capacity *= 4
        continue
      }
      try check(result)
      return names.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
