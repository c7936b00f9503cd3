internal import Glibc
internal import SystemPackage

/// A file that the user requested: written to a temporary name, then renamed, so that it is complete or absent.
enum OutputFile {
  static func write(_ text: String, to path: String) throws(CommandError) {
    try write(Array(text.utf8), to: path)
  }

  /// The folder that a path names a file in, or `nil` for the current one.
  static func folder(of path: String) -> String? {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
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
      if error == .noSuchFileOrDirectory, let folder = folder(of: path), !Folder.exists(folder) {
        throw CommandError(
          status, "cannot write \(path.shown): there is no folder \(folder.shown)")
      }
      throw CommandError(status, "cannot write \(path.shown): \(error)")
    } catch {
      throw CommandError(.cannotCreate, "cannot write \(path.shown): \(error)")
    }
  }
}

extension OutputFile {
  /// Whether something is at the path.
  static func exists(_ path: String) -> Bool {
    // SAFETY: the string is terminated and outlives the call.
    unsafe FilePath(path).withPlatformString { unsafe access($0, F_OK) } == 0
  }

  /// Gives a finished file its name in one step, replacing what had it.
  static func move(_ temporary: String, to path: String) throws(CommandError) {
    do {
      try FilePath(temporary).rename(to: FilePath(path))
    } catch {
      remove(temporary)
      throw CommandError(.cannotCreate, "cannot write \(path.shown): \(error)")
    }
  }

  static func remove(_ path: String) { try? FilePath(path).remove() }
}

/// The folders that commands write into.
enum Folder {
  /// Whether the path is that of a folder.
  static func exists(_ path: String) -> Bool {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.directory])
    else { return false }
    try? file.close()
    return true
  }

  static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Makes the folder, and those around it, where it is not there.
  ///
  /// - Throws: ``CommandError`` with the code 73.
  static func create(_ path: String) throws(CommandError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made == "/" ? String(part) : "/\(part)"
      if exists(made) { continue }
      // SAFETY: the string is terminated and outlives the call.
      let status = unsafe FilePath(made).withPlatformString { unsafe mkdir($0, 0o777) }
      guard status == 0 || exists(made) else {
        throw CommandError(
          .cannotCreate, "cannot make the folder \(made.shown): \(Errno(rawValue: errno))")
      }
    }
  }
}

extension FilePath {
  /// Gives the file another name in one step.
  fileprivate func rename(to other: FilePath) throws {
    // SAFETY: both strings are terminated and outlive the call.
    let status = unsafe withPlatformString { from in
      unsafe other.withPlatformString { to in unsafe Glibc.rename(from, to) }
    }
    if status != 0 { throw Errno(rawValue: errno) }
  }

  fileprivate func remove() throws {
    // SAFETY: the string is terminated and outlives the call.
    _ = unsafe withPlatformString { unsafe Glibc.unlink($0) }
  }
}
