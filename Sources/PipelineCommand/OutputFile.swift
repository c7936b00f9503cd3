internal import Glibc
internal import SystemPackage

/// A file that the user asked for: written beside its place, then renamed, so that it is whole or absent.
enum OutputFile {
  static func write(_ text: String, to path: String) throws(CommandError) {
    try write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(CommandError) {
    let temporary = FilePath(path + ".part-\(UInt32.random(in: 0 ... .max))")
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(bytes) }
      try temporary.rename(to: FilePath(path))
    } catch let error as Errno {
      try? temporary.remove()
      let status: ExitStatus = error == .noSpace ? .inputOutput : .cannotCreate
      throw CommandError(status, "cannot write \(path.shown): \(error)")
    } catch {
      throw CommandError(.cannotCreate, "cannot write \(path.shown): \(error)")
    }
  }
}

extension FilePath {
  /// Gives the file another name in one step.
  fileprivate func rename(to other: FilePath) throws {
    // SAFETY: both strings are terminated and live through the call.
    let status = unsafe withPlatformString { from in
      unsafe other.withPlatformString { to in unsafe Glibc.rename(from, to) }
    }
    if status != 0 { throw Errno(rawValue: errno) }
  }

  fileprivate func remove() throws {
    // SAFETY: the string is terminated and lives through the call.
    _ = unsafe withPlatformString { unsafe Glibc.unlink($0) }
  }
}
