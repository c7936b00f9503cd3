import ArtifactStore
import SystemPackage

/// Operations whose `sync` is another one, to count, to fail or to leave out; and which tell of each `close`.
struct OtherSync: FileOperations {
  let base: any FileOperations
  let other: @Sendable (OpenFile) throws(Errno) -> Void
  var closing: @Sendable (OpenFile) -> Void = { _ in }

  init(
    _ base: any FileOperations, _ other: @escaping @Sendable (OpenFile) throws(Errno) -> Void
  ) {
    self.base = base
    self.other = other
  }

  func sync(_ file: OpenFile) throws(Errno) { try other(file) }

  func open(_ path: FilePath, _ purpose: OpenPurpose) throws(Errno) -> OpenFile {
    try base.open(path, purpose)
  }
  func close(_ file: OpenFile) throws(Errno) {
    closing(file)
    try base.close(file)
  }
  func read(_ file: OpenFile, upTo count: Int) throws(Errno) -> [UInt8] {
    try base.read(file, upTo: count)
  }
  func write(_ file: OpenFile, _ bytes: RawSpan) throws(Errno) -> Int {
    try base.write(file, bytes)
  }
  func truncate(_ file: OpenFile, to size: Int) throws(Errno) {
    try base.truncate(file, to: size)
  }
  func setPermissions(_ file: OpenFile, _ permissions: UInt32) throws(Errno) {
    try base.setPermissions(file, permissions)
  }
  func link(_ from: FilePath, _ to: FilePath) throws(Errno) { try base.link(from, to) }
  func rename(_ from: FilePath, _ to: FilePath) throws(Errno) { try base.rename(from, to) }
  func renameExclusively(_ from: FilePath, _ to: FilePath) throws(Errno) {
    try base.renameExclusively(from, to)
  }
  func unlink(_ path: FilePath) throws(Errno) { try base.unlink(path) }
  func makeDirectory(_ path: FilePath) throws(Errno) { try base.makeDirectory(path) }
  func removeDirectory(_ path: FilePath) throws(Errno) { try base.removeDirectory(path) }
  func tryLock(_ file: OpenFile, exclusive: Bool) throws(Errno) -> Bool {
    try base.tryLock(file, exclusive: exclusive)
  }
  func status(_ path: FilePath) throws(Errno) -> FileStatus { try base.status(path) }
  func status(_ file: OpenFile) throws(Errno) -> FileStatus { try base.status(file) }
  func list(_ path: FilePath) throws(Errno) -> [String] { try base.list(path) }
  func clone(_ from: OpenFile, to: OpenFile) throws(Errno) { try base.clone(from, to: to) }
  func availableBytes(_ path: FilePath) throws(Errno) -> Int { try base.availableBytes(path) }
  func startWriteback(_ file: OpenFile, offset: Int, count: Int) {
    base.startWriteback(file, offset: offset, count: count)
  }
}
