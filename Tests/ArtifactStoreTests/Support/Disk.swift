import SystemPackage

/// A file system as a value: what programs see, and beside it what a power cut would leave for certain.
///
/// The strictest reading of POSIX: the bytes of a file are durable only as of its last fsync, an entry
/// of a folder only as of the folder's last fsync, and what is not durable may be there or not, each
/// change by itself.
struct Disk: Sendable {
  struct File: Sendable {
    var bytes: [UInt8] = []
    var durable: [UInt8] = []
    var permissions: UInt32 = 0o600
    var time: Int64 = 0
    var isDirty: Bool { bytes != durable }
  }

  /// One change of one entry that is not durable yet.
  enum Change: Hashable, Sendable {
    case set(String, Int)
    case remove(String)
  }

  struct Folder: Sendable {
    var entries: [String: Int] = [:]
    var durable: [String: Int] = [:]
    var changes: [Change] = []
  }

  var files: [Int: File] = [:]
  var folders: [Int: Folder] = [0: Folder()]
  var last = 0

  static let root = 0

  // MARK: Names

  /// The number of what a path names, or `nil`.
  func number(at path: FilePath) -> Int? { number(at: path.string.split(separator: "/")[...]) }

  private func number(at components: ArraySlice<Substring>) -> Int? {
    var number = Self.root
    for component in components {
      guard let next = folders[number]?.entries[String(component)] else { return nil }
      number = next
    }
    return number
  }

  /// The folder that holds what a path names, and the name in it.
  func place(_ path: FilePath) throws(Errno) -> (folder: Int, name: String) {
    // Not by FilePath's components: they are slow in a debug build, and this is called very often.
    let components = path.string.split(separator: "/")
    guard let name = components.last, let folder = number(at: components.dropLast()),
      folders[folder] != nil
    else { throw .noSuchFileOrDirectory }
    return (folder, String(name))
  }

  mutating func set(_ path: FilePath, _ number: Int) throws(Errno) {
    let (folder, name) = try place(path)
    folders[folder]?.entries[name] = number
    folders[folder]?.changes.append(.set(name, number))
  }

  mutating func remove(_ path: FilePath) throws(Errno) {
    let (folder, name) = try place(path)
    guard folders[folder]?.entries.removeValue(forKey: name) != nil else {
      throw .noSuchFileOrDirectory
    }
    folders[folder]?.changes.append(.remove(name))
  }

  mutating func create(file: File) -> Int {
    last += 1
    files[last] = file
    return last
  }

  mutating func createFolder() -> Int {
    last += 1
    folders[last] = Folder()
    return last
  }

  mutating func sync(_ number: Int) {
    if let bytes = files[number]?.bytes { files[number]?.durable = bytes }
    if let entries = folders[number]?.entries {
      folders[number]?.durable = entries
      folders[number]?.changes = []
    }
  }

  /// The paths of all folders.
  var folderPaths: [Int: String] {
    var paths = [Self.root: ""]
    var open = [Self.root]
    while let number = open.popLast() {
      for (name, child) in folders[number]?.entries ?? [:] where folders[child] != nil {
        paths[child] = paths[number, default: ""] + "/" + name
        open.append(child)
      }
    }
    return paths
  }
}
