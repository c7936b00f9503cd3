import ArtifactStore
import SystemPackage
import Testing

/// The laws of ``FileOperations``, for every implementation that tests rest on.
@Suite("File operations")
struct FileOperationsTests {
  enum Implementation: CaseIterable { case system, memory }

  @Test(
    "do as POSIX says, the ones in memory as those of the kernel",
    arguments: Implementation.allCases)
  func laws(_ implementation: Implementation) throws {
    let folder = try TemporaryFolder()
    let files: any FileOperations = implementation == .system ? SystemFiles() : MemoryFiles()
    let root: FilePath = implementation == .system ? folder.path : "/"
    let (a, b) = (root.appending("a"), root.appending("b"))
    let written: [UInt8] = [1, 2, 3, 4]

    #expect(throws: Errno.noSuchFileOrDirectory) { try files.open(a, .reading) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try files.status(a) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try files.unlink(a) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try files.link(a, b) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try files.rename(a, b) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try files.list(a) }

    let new = try files.open(a, .creating)
    #expect(try files.write(new, written.span.bytes) == 4)
    try files.setPermissions(new, 0o444)
    try files.sync(new)
    #expect(try files.status(new).size == 4)
    try files.close(new)
    // The number of a file that is closed may be another test's by now: in the system, one that nobody has.
    let closed = implementation == .system ? OpenFile(number: .max, path: a) : new
    #expect(throws: Errno.badFileDescriptor) { try files.close(closed) }
    #expect(throws: Errno.fileExists) { try files.open(a, .creating) }

    try files.link(a, b)
    #expect(throws: Errno.fileExists) { try files.link(a, b) }
    #expect(throws: Errno.fileExists) { try files.renameExclusively(a, b) }
    #expect(try files.status(a) == files.status(b))
    #expect(try files.list(root).sorted() == ["a", "b"])
    try files.unlink(a)
    try files.renameExclusively(b, a)
    let old = try files.open(a, .reading)
    #expect(try files.read(old, upTo: 3) == [1, 2, 3])
    #expect(try files.read(old, upTo: 3) == [4])
    #expect(try files.read(old, upTo: 3) == [])
    try files.close(old)

    for line in [[5], [6, 7]] as [[UInt8]] {
      let end = try files.open(b, .appending)
      #expect(try files.write(end, line.span.bytes) == line.count)
      try files.close(end)
    }
    let cut = try files.open(b, .changing)
    try files.truncate(cut, to: 2)
    try files.close(cut)
    let rest = try files.open(b, .reading)
    #expect(try files.read(rest, upTo: 9) == [5, 6])
    try files.close(rest)

    try files.rename(b, a)
    #expect(try files.status(a).size == 2)
    let inner = root.appending("folder")
    try files.makeDirectory(inner)
    #expect(throws: Errno.fileExists) { try files.makeDirectory(inner) }
    try files.rename(a, inner.appending("a"))
    #expect(throws: Errno.directoryNotEmpty) { try files.removeDirectory(inner) }
    #expect(throws: Errno.isDirectory) { try files.unlink(inner) }
    let directory = try files.open(inner, .directory)
    try files.sync(directory)
    try files.close(directory)
    try files.unlink(inner.appending("a"))
    try files.removeDirectory(inner)
    #expect(try files.list(root).isEmpty)

    let lock = root.appending("lock")
    let first = try files.open(lock, .locking)
    let second = try files.open(lock, .locking)
    #expect(try files.tryLock(first, exclusive: true))
    #expect(try !files.tryLock(second, exclusive: true))
    #expect(try !files.tryLock(second, exclusive: false))
    try files.close(first)
    #expect(try files.tryLock(second, exclusive: false))
    let third = try files.open(lock, .locking)
    #expect(try files.tryLock(third, exclusive: false))
    #expect(try !files.tryLock(third, exclusive: true))
    try files.close(second)
    #expect(try files.tryLock(third, exclusive: true))
    try files.close(third)
  }
}
