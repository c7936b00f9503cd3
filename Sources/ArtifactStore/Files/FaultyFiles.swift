internal import CPosix
internal import Synchronization
package import SystemPackage

/// Operations of which one goes wrong: the n-th that is counted.
///
/// For tests and for `make crash`, which let every n fail in turn until none is left, and ask each time
/// whether the store is still whole.
package final class FaultyFiles: FileOperations {
  /// What happens at the chosen call.
  package enum Fault: Hashable, Sendable {
    /// It fails with this error number, without effect.
    case error(Errno)
    /// A write takes half of its bytes; any other call is made as ever.
    case shortWrite
    /// The process dies by SIGKILL before the call.
    case killBefore
    /// The process dies by SIGKILL after the call.
    case killAfter
    /// As `killBefore`, played inside a test: this call and all later ones have no effect and fail.
    case vanishBefore
    /// As `killAfter`, played inside a test: all later calls have no effect and fail.
    case vanishAfter
  }

  /// Which calls are counted.
  package enum Counting: Hashable, Sendable {
    case all
    /// Those that change something on the disk.
    case changes
    /// Those that write bytes.
    case writes
  }

  private let base: any FileOperations
  private let fault: Fault
  private let counting: Counting
  private let chosen: Int
  private let state = Mutex(State())

  private struct State {
    var count = 0
    var hasFired = false
    var isDead = false
  }

  /// Lets the `call`-th counted call go wrong, counted from one; none where it is zero.
  package init(
    _ base: any FileOperations, call: Int, fault: Fault, counting: Counting = .all
  ) {
    self.base = base
    self.fault = fault
    self.counting = counting
    chosen = call
  }

  /// Whether the chosen call has come.
  package var hasFired: Bool { state.withLock(\.hasFired) }

  /// How many calls were counted so far.
  package var count: Int { state.withLock(\.count) }

  private func step<Value>(
    changes: Bool, writes: Bool = false, _ body: () throws(Errno) -> Value
  ) throws(Errno) -> Value {
    let (fires, isDead) = state.withLock { state in
      guard !state.isDead else { return (false, true) }
      let counts =
        switch counting {
        case .all: true
        case .changes: changes
        case .writes: writes
        }
      guard counts else { return (false, false) }
      state.count += 1
      let fires = state.count == chosen
      if fires {
        state.hasFired = true
        if fault == .vanishBefore || fault == .vanishAfter { state.isDead = true }
      }
      return (fires, false)
    }
    guard !isDead else { throw .canceled }
    guard fires else { return try body() }
    switch fault {
    case .error(let errno): throw errno
    case .vanishBefore: throw .canceled
    case .vanishAfter:
      // Also where the call itself fails, as one that only tries does.
      _ = try? body()
      throw .canceled
    case .shortWrite: return try body()
    case .killBefore:
      cposix_kill_self()
      throw .canceled
    case .killAfter:
      _ = try? body()
      cposix_kill_self()
      throw .canceled
    }
  }
}

// MARK: The operations

extension FaultyFiles {
  package func open(_ path: FilePath, _ purpose: OpenPurpose) throws(Errno) -> OpenFile {
    let creates = [.creating, .appending, .locking].contains(purpose)
    return try step(changes: creates) { () throws(Errno) in try base.open(path, purpose) }
  }

  package func close(_ file: OpenFile) throws(Errno) {
    var isClosed = false
    do throws(Errno) {
      try step(changes: false) { () throws(Errno) in
        isClosed = true
        try base.close(file)
      }
    } catch {
      // A close that fails has closed, and so has the death of a process. Never twice: the number may be another thread's by then.
      if !isClosed { try? base.close(file) }
      throw error
    }
  }

  package func read(_ file: OpenFile, upTo count: Int) throws(Errno) -> [UInt8] {
    try step(changes: false) { () throws(Errno) in try base.read(file, upTo: count) }
  }

  package func write(_ file: OpenFile, _ bytes: RawSpan) throws(Errno) -> Int {
    let isShort = fault == .shortWrite && state.withLock { $0.count + 1 == chosen }
    let taken = isShort ? max(1, bytes.byteCount / 2) : bytes.byteCount
    let part = bytes.extracting(first: min(taken, bytes.byteCount))
    return try step(changes: true, writes: true) { () throws(Errno) in
      try base.write(file, part)
    }
  }

  package func sync(_ file: OpenFile) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.sync(file) }
  }

  package func truncate(_ file: OpenFile, to size: Int) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.truncate(file, to: size) }
  }

  package func setPermissions(_ file: OpenFile, _ permissions: UInt32) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.setPermissions(file, permissions) }
  }

  package func link(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.link(from, to) }
  }

  package func rename(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.rename(from, to) }
  }

  package func renameExclusively(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.renameExclusively(from, to) }
  }

  package func unlink(_ path: FilePath) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.unlink(path) }
  }

  package func makeDirectory(_ path: FilePath) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.makeDirectory(path) }
  }

  package func removeDirectory(_ path: FilePath) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.removeDirectory(path) }
  }

  package func tryLock(_ file: OpenFile, exclusive: Bool) throws(Errno) -> Bool {
    try step(changes: true) { () throws(Errno) in try base.tryLock(file, exclusive: exclusive) }
  }

  package func status(_ path: FilePath) throws(Errno) -> FileStatus {
    try step(changes: false) { () throws(Errno) in try base.status(path) }
  }

  package func status(_ file: OpenFile) throws(Errno) -> FileStatus {
    try step(changes: false) { () throws(Errno) in try base.status(file) }
  }

  package func list(_ path: FilePath) throws(Errno) -> [String] {
    try step(changes: false) { () throws(Errno) in try base.list(path) }
  }

  package func clone(_ from: OpenFile, to: OpenFile) throws(Errno) {
    try step(changes: true) { () throws(Errno) in try base.clone(from, to: to) }
  }

  package func availableBytes(_ path: FilePath) throws(Errno) -> Int {
    try base.availableBytes(path)
  }

  package func startWriteback(_ file: OpenFile, offset: Int, count: Int) {
    base.startWriteback(file, offset: offset, count: count)
  }
}
