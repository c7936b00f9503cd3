internal import CPosix
internal import ContentAddressing
internal import SystemPackage

/// The features of the store's file system, tested with two small files that are removed again.
struct FolderProbe {
  /// One ability.
  struct Check {
    let name: String
    let isFine: Bool
    /// Whether the store cannot work without it.
    let isNeeded: Bool
    let text: String
  }

  /// The folder that was tried: the store, or the nearest one around it that exists.
  let folder: String

  /// What kind of file system it is on.
  let fileSystem: FileSystem
  let checks: [Check]

  var isSound: Bool { checks.allSatisfy { $0.isFine || !$0.isNeeded } }

  /// Tries the folder at `path`, or the nearest one that exists around it.
  init(nearest path: String) {
    var folder = path
    while !Folder.exists(folder) {
      guard let slash = folder.lastIndex(of: "/") else {
        folder = "."
        break
      }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
    self.folder = folder
    fileSystem = FileSystem(at: folder)
    checks = Self.checks(in: folder)
  }

  var value: CanonicalValue {
    [
      "folder": .string(folder), "file_system": .string(fileSystem.name),
      "abilities": .array(
        checks.map {
          [
            "name": .string($0.name), "ok": .boolean($0.isFine), "needed": .boolean($0.isNeeded),
            "text": .string($0.text),
          ]
        }),
    ]
  }

  private static func checks(in folder: String) -> [Check] {
    let base = Folder.joined(folder, ".pipeline-doctor-\(UInt32.random(in: 0 ... .max))")
    let (one, two) = (base + "-1", base + "-2")
    defer {
      OutputFile.remove(one)
      OutputFile.remove(two)
    }
    func open(_ path: String) throws -> FileDescriptor {
      try .open(
        FilePath(path), .readWrite, options: [.create, .exclusiveCreate],
        permissions: [.ownerReadWrite])
    }
    guard let file = try? open(one) else {
      return [
        Check(
          name: "store", isFine: false, isNeeded: true,
          text: "cannot write into \(folder.shown); give another folder with --store")
      ]
    }
    defer { try? file.close() }
    _ = try? file.writeAll([UInt8](repeating: 7, count: 4096))
    let start = Clock.monotonicSeconds()
    let sync = cposix_fsync(file.rawValue)
    let time = Quantity.duration(Clock.monotonicSeconds() - start)
    var checks = [
      Check(name: "store", isFine: true, isNeeded: true, text: "\(folder.shown) can be written"),
      Check(
        name: "fsync", isFine: sync == 0, isNeeded: true,
        text: sync == 0 ? "works (\(time))" : "fails: a power cut may lose written data"),
    ]
    if let other = try? open(two) {
      // SAFETY: the strings are terminated and outlive the calls.
      let exclusive = unsafe FilePath(one).withPlatformString { from in
        unsafe FilePath(two).withPlatformString { to in unsafe cposix_rename_exclusive(from, to) }
      }
      let isKept = exclusive == -Errno.fileExists.rawValue
      checks.append(
        Check(
          name: "rename, no replace", isFine: isKept, isNeeded: false,
          text: isKept ? "works" : "not supported; the store uses links"))
      let isLocked = cposix_try_lock(other.rawValue, 1) >= 0
      checks.append(
        Check(
          name: "locks (flock)", isFine: isLocked, isNeeded: true,
          text: isLocked ? "work" : "fail: use a local file system for the store"))
      let isCloned = cposix_clone(file.rawValue, other.rawValue) == 0
      checks.append(
        Check(
          name: "reflink", isFine: isCloned, isNeeded: false,
          text: isCloned ? "works: exports share blocks" : "not supported; exports copy"))
      try? other.close()
    }
    // SAFETY: the string is terminated and outlives the call.
    let nameless = unsafe FilePath(folder).withPlatformString { unsafe cposix_nameless_file($0) }
    checks.append(
      Check(
        name: "O_TMPFILE", isFine: nameless == 0, isNeeded: false,
        text: nameless == 0 ? "works" : "not supported; the store names its temporary files"))
    // SAFETY: as above.
    let free = unsafe FilePath(folder).withPlatformString { unsafe cposix_available_bytes($0) }
    checks.append(
      Check(
        name: "free space", isFine: free > 1 << 30, isNeeded: false,
        text: free < 0 ? "unknown" : Quantity.bytes(Int(free))))
    return checks
  }
}
