import ArtifactStore
import Synchronization
import SystemPackage

/// File operations on a ``Disk``, which remember the disk after each change and the order of the calls.
final class MemoryFiles: FileOperations {
  /// One call that changed something.
  struct Call: Sendable {
    let name: String
    let path: String
    /// The number of the file or folder.
    let number: Int
  }

  private struct State {
    var disk: Disk
    var open: [Int32: Open] = [:]
    var locks: [Int: [Int32: Bool]] = [:]
    var nextFile: Int32 = 100
    var clock: Int64 = 1_000_000_000
    var calls: [Call] = []
    var history: [Disk] = []
  }

  private struct Open {
    let number: Int
    var position = 0
    var appends = false
  }

  private let state: Mutex<State>
  private let remembers: Bool

  /// Begins with a disk; keeps its state after each change where `remembers` says so.
  init(_ disk: Disk = Disk(), remembers: Bool = false) {
    state = Mutex(State(disk: disk))
    self.remembers = remembers
  }

  var disk: Disk { state.withLock(\.disk) }
  var calls: [Call] { state.withLock(\.calls) }

  /// The disk after each change.
  var history: [Disk] { state.withLock(\.history) }

  private func with<Value: Sendable>(
    _ body: (inout State) throws(Errno) -> Value
  ) throws(Errno) -> Value {
    try state.withLock { (state) throws(Errno) -> Value in try body(&state) }
  }

  private func note(_ state: inout State, _ name: String, _ path: FilePath, _ number: Int) {
    state.clock += 1_000_000
    guard remembers else { return }
    state.calls.append(Call(name: name, path: path.string, number: number))
    state.history.append(state.disk)
  }

  private func target(_ state: State, _ file: OpenFile) throws(Errno) -> Int {
    guard let open = state.open[file.number] else { throw .badFileDescriptor }
    return open.number
  }

  // MARK: Open files

  func open(_ path: FilePath, _ purpose: OpenPurpose) throws(Errno) -> OpenFile {
    try with { state throws(Errno) in
      var number = state.disk.number(at: path)
      switch purpose {
      case .reading, .readingForeign, .changing: break
      case .directory:
        guard let number else { throw .noSuchFileOrDirectory }
        guard state.disk.folders[number] != nil else { throw .notDirectory }
      case .creating where number != nil: throw .fileExists
      case .creating, .appending, .locking:
        if number == nil {
          let permissions: UInt32 = purpose == .creating ? 0o600 : 0o644
          let file = Disk.File(permissions: permissions, time: state.clock)
          let created = state.disk.create(file: file)
          try state.disk.set(path, created)
          number = created
          note(&state, "create", path, created)
        }
      }
      guard let number else { throw .noSuchFileOrDirectory }
      state.nextFile += 1
      state.open[state.nextFile] = Open(number: number, appends: purpose == .appending)
      return OpenFile(number: state.nextFile, path: path)
    }
  }

  func close(_ file: OpenFile) throws(Errno) {
    try with { state throws(Errno) in
      guard let open = state.open.removeValue(forKey: file.number) else {
        throw .badFileDescriptor
      }
      state.locks[open.number]?[file.number] = nil
    }
  }

  func read(_ file: OpenFile, upTo count: Int) throws(Errno) -> [UInt8] {
    try with { state throws(Errno) in
      guard let open = state.open[file.number] else { throw .badFileDescriptor }
      guard let bytes = state.disk.files[open.number]?.bytes else { throw .isDirectory }
      let start = min(open.position, bytes.count)
      let piece = Array(bytes[start..<min(start + count, bytes.count)])
      state.open[file.number]?.position = start + piece.count
      return piece
    }
  }

  func write(_ file: OpenFile, _ bytes: RawSpan) throws(Errno) -> Int {
    let added = bytes.withUnsafeBytes { Array($0) }
    return try with { state throws(Errno) in
      guard let open = state.open[file.number] else { throw .badFileDescriptor }
      let length = state.disk.files[open.number]?.bytes.count ?? 0
      let start = open.appends ? length : open.position
      let end = min(length, start + added.count)
      state.disk.files[open.number]?.bytes.replaceSubrange(start..<max(start, end), with: added)
      state.disk.files[open.number]?.time = state.clock
      state.open[file.number]?.position = start + added.count
      note(&state, "write", file.path, open.number)
      return added.count
    }
  }

  func sync(_ file: OpenFile) throws(Errno) {
    try with { state throws(Errno) in
      let number = try target(state, file)
      state.disk.sync(number)
      note(&state, "fsync", file.path, number)
    }
  }

  func truncate(_ file: OpenFile, to size: Int) throws(Errno) {
    try with { state throws(Errno) in
      let number = try target(state, file)
      let bytes = state.disk.files[number]?.bytes ?? []
      state.disk.files[number]?.bytes = Array(bytes.prefix(size))
      note(&state, "ftruncate", file.path, number)
    }
  }

  func setPermissions(_ file: OpenFile, _ permissions: UInt32) throws(Errno) {
    try with { state throws(Errno) in
      let number = try target(state, file)
      state.disk.files[number]?.permissions = permissions
      note(&state, "fchmod", file.path, number)
    }
  }

  func tryLock(_ file: OpenFile, exclusive: Bool) throws(Errno) -> Bool {
    try with { state throws(Errno) in
      let number = try target(state, file)
      let others = state.locks[number, default: [:]].filter { $0.key != file.number }
      guard others.isEmpty || !exclusive && others.values.allSatisfy({ !$0 }) else { return false }
      state.locks[number, default: [:]][file.number] = exclusive
      return true
    }
  }

  func status(_ file: OpenFile) throws(Errno) -> FileStatus {
    try with { state throws(Errno) in
      status(state.disk, try target(state, file))
    }
  }

  func clone(_ from: OpenFile, to: OpenFile) throws(Errno) { throw .notSupported }
  func startWriteback(_ file: OpenFile, offset: Int, count: Int) {}

  private func status(_ disk: Disk, _ number: Int) -> FileStatus {
    let file = disk.files[number]
    return FileStatus(
      device: 1, inode: UInt64(number), size: file?.bytes.count ?? 0, modified: file?.time ?? 0,
      changed: file?.time ?? 0, permissions: file?.permissions ?? 0o755,
      isRegularFile: file != nil, isDirectory: file == nil)
  }

  // MARK: Names

  func status(_ path: FilePath) throws(Errno) -> FileStatus {
    try with { state throws(Errno) in
      guard let number = state.disk.number(at: path) else { throw .noSuchFileOrDirectory }
      return status(state.disk, number)
    }
  }

  func list(_ path: FilePath) throws(Errno) -> [String] {
    try with { state throws(Errno) in
      guard let number = state.disk.number(at: path) else { throw .noSuchFileOrDirectory }
      guard let folder = state.disk.folders[number] else { throw .notDirectory }
      return Array(folder.entries.keys)
    }
  }

  func link(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try with { state throws(Errno) in
      guard let number = state.disk.number(at: from) else { throw .noSuchFileOrDirectory }
      guard state.disk.number(at: to) == nil else { throw .fileExists }
      try state.disk.set(to, number)
      note(&state, "link", to, number)
    }
  }

  func rename(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try with { state throws(Errno) in
      guard let number = state.disk.number(at: from) else { throw .noSuchFileOrDirectory }
      try state.disk.set(to, number)
      try state.disk.remove(from)
      note(&state, "rename", to, number)
    }
  }

  func renameExclusively(_ from: FilePath, _ to: FilePath) throws(Errno) {
    guard try with({ $0.disk.number(at: to) }) == nil else { throw .fileExists }
    try rename(from, to)
  }

  func unlink(_ path: FilePath) throws(Errno) {
    try with { state throws(Errno) in
      guard let number = state.disk.number(at: path) else { throw .noSuchFileOrDirectory }
      guard state.disk.files[number] != nil else { throw .isDirectory }
      try state.disk.remove(path)
      note(&state, "unlink", path, number)
    }
  }

  func makeDirectory(_ path: FilePath) throws(Errno) {
    try with { state throws(Errno) in
      guard state.disk.number(at: path) == nil else { throw .fileExists }
      let number = state.disk.createFolder()
      try state.disk.set(path, number)
      note(&state, "mkdir", path, number)
    }
  }

  func removeDirectory(_ path: FilePath) throws(Errno) {
    try with { state throws(Errno) in
      guard let number = state.disk.number(at: path) else { throw .noSuchFileOrDirectory }
      guard let folder = state.disk.folders[number] else { throw .notDirectory }
      guard folder.entries.isEmpty else { throw .directoryNotEmpty }
      try state.disk.remove(path)
      note(&state, "rmdir", path, number)
    }
  }

  func availableBytes(_ path: FilePath) throws(Errno) -> Int { 1 << 40 }
}
