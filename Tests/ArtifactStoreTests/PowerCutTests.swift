import ArtifactStore
import ContentAddressing
import Foundation
import Programs
import Synchronization
import SystemPackage
import Testing

/// The same on a real file system: the image of a mounted ext4 is copied after each fsync, which is what
/// the disk would hold if the power failed then; the copy is mounted, recovered and looked at.
@Suite("A power cut of a real ext4")
struct PowerCutTests {
  /// Why it cannot be tried here, or `nil`.
  static let obstacle: String? = {
    guard getuid() == 0 else { return "only root may mount an image" }
    guard let folder = try? TemporaryFolder(), (try? LoopImage(in: folder.path)) != nil else {
      return "this machine forbids to mount an ext4 image"
    }
    return nil
  }()

  @Test(
    "after any fsync leaves nothing damaged, and the step can be done again",
    .enabled(if: obstacle == nil, "ext4 images cannot be mounted here"))
  func everySync() throws {
    let folder = try TemporaryFolder()
    let image = try LoopImage(in: folder.path)
    let path = image.mountPoint.appending("store")
    let start = try ArtifactStore(at: path, mode: .createIfMissing)
    try start.close()
    // Every fourth fsync, to be done in seconds.
    let snapshots = Mutex((count: 0, files: [FilePath]()))
    let source = image.file
    let files = OtherSync(SystemFiles()) { file throws(Errno) in
      try SystemFiles().sync(file)
      let copy = snapshots.withLock { taken -> FilePath? in
        taken.count += 1
        guard taken.count % 4 == 0 else { return nil }
        let copy = source.removingLastComponent().appending("cut-\(taken.count).img")
        taken.files.append(copy)
        return copy
      }
      guard let copy else { return }
      guard (try? run("/bin/cp", "--sparse=always", source.string, copy.string)) != nil else {
        throw .ioError
      }
    }
    let store = try ArtifactStore(at: path, mode: .openExisting, operations: files)
    let scenario = Scenario(name: "cut")
    var marks: [(snapshots: Int, progress: Scenario.Progress)] = [(0, .init())]
    try scenario.perform(on: store) { progress in
      marks.append((snapshots.withLock { $0.files.count }, progress))
    }
    let taken = snapshots.withLock { $0.files }
    #expect(taken.count >= 8)
    try image.unmount()
    for (number, snapshot) in taken.enumerated() {
      let progress = marks.last { $0.snapshots <= number }?.progress ?? .init()
      let copy = try LoopImage(existing: snapshot, in: folder.path)
      defer { try? copy.unmount() }
      let recovered = try ArtifactStore(
        at: copy.mountPoint.appending("store"), mode: .openExisting)
      let found =
        scenario.complaints(about: recovered, after: progress)
        + complaints(afterRedoing: scenario, on: recovered)
      #expect(found.isEmpty, "after fsync \(number * 4): \(found)")
    }
  }
}

/// A small ext4 in a file, mounted; unmounted when it is let go of.
private final class LoopImage {
  let file: FilePath
  let mountPoint: FilePath
  private var isMounted = false

  init(in folder: FilePath) throws {
    file = folder.appending("disk.img")
    mountPoint = folder.appending("mounted")
    try run("/usr/bin/truncate", "-s", "24M", file.string)
    try run("/sbin/mkfs.ext4", "-q", "-F", file.string)
    try mount()
  }

  init(existing file: FilePath, in folder: FilePath) throws {
    self.file = file
    mountPoint = folder.appending((file.lastComponent?.string ?? "copy") + ".mounted")
    try mount()
  }

  deinit { try? unmount() }

  private func mount() throws {
    try FileManager.default.createDirectory(
      atPath: mountPoint.string, withIntermediateDirectories: true)
    try run("/bin/mount", "-o", "loop", file.string, mountPoint.string)
    isMounted = true
  }

  func unmount() throws {
    guard isMounted else { return }
    try run("/bin/umount", mountPoint.string)
    isMounted = false
  }
}

/// Runs a program to its end; anything but success is an error.
private func run(_ program: String, _ arguments: String...) throws {
  let result = try Program(program, arguments, output: .dropped, errors: .dropped).result()
  guard result.status == 0 else { throw CocoaError(.executableNotLoadable) }
}
