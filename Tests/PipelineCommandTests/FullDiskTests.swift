import Foundation
import Programs
import Testing

/// A file system of a given size, mounted while the value lives.
private final class SmallDisk {
  let folder: URL

  /// Why none can be had here, or `nil`.
  static let obstacle: String? = {
    guard getuid() == 0 else { return "only root may mount a file system" }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    return (try? SmallDisk(at: folder, bytes: 1 << 20)) == nil
      ? "this machine forbids to mount a tmpfs" : nil
  }()

  init(at folder: URL, bytes: Int) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Self.run("mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", folder.path)
  }

  deinit {
    try? Self.run("umount", folder.path)
    try? FileManager.default.removeItem(at: folder)
  }

  func resize(to bytes: Int) throws {
    try Self.run("mount", "-o", "remount,size=\(bytes)", folder.path)
  }

  var free: Int {
    (try? FileManager.default.attributesOfFileSystem(forPath: folder.path))?[.systemFreeSize]
      as? Int ?? 0
  }

  private static func run(_ program: String, _ arguments: String...) throws {
    let result = try Program("/bin/\(program)", arguments, errors: .dropped).result()
    guard result.status == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}

@Suite(
  "A full disk",
  .enabled(if: SmallDisk.obstacle == nil, "\(SmallDisk.obstacle ?? "")"))
struct FullDiskTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  private func disk(_ bytes: Int) throws -> SmallDisk {
    try SmallDisk(at: workshop.folder.appending(path: "disk"), bytes: bytes)
  }

  @Test(
    "is what a local file meets that has no room in the store: exit 74, and the file is not to blame"
  )
  func localFile() throws {
    try workshop.write(
      Array(
        """
        version: 1
        name: own
        stages:
          copy: {step: command, shell: cp in out, inputs: {in: ./large}, outputs: [out]}
        """.utf8), "own.yaml")
    try workshop.write([UInt8](repeating: 7, count: 400_000), "large")
    let disk = try disk(40 << 10)
    let result = try workshop.run(["run", "own.yaml"], store: "disk/store")
    #expect(result.status == 74, "\(result.errors)")
    #expect(result.errors.contains("is full") && !result.errors.contains("cannot be read"))
    #expect(disk.free >= 0)
  }

  @Test("behind standard output is told with exit 74 once the work is done")
  func output() throws {
    let result = try Program(
      CommandRun.program.path, ["completions", "bash"],
      output: .file(URL(filePath: "/dev/full")), errors: .read
    ).result()
    #expect(
      result.status == 74 && result.errors.contains("standard output"), "\(result.errors)")
  }

  @Test("is noticed before a stage: exit 74, what is needed, what is free, nothing begun")
  func beforeStage() throws {
    let large = try Workshop(trainingSamples: 60_000)
    let disk = try SmallDisk(at: large.folder.appending(path: "disk"), bytes: 3 << 20)
    let result = try large.runPipeline(store: "disk/store")
    #expect(result.status == 74)
    #expect(result.errors.contains("stage “download” failed"), "\(result.errors)")
    #expect(result.errors.contains("bytes are needed") && result.errors.contains("bytes are free"))
    #expect(disk.free > 2 << 20, "nothing was written for the stage")
    #expect(try large.run(["fsck"], store: "disk/store").status == 0)
    try disk.resize(to: 64 << 20)
    #expect(try large.runPipeline(["--to", "prepare"], store: "disk/store").status == 0)
  }

  @Test("stops a training with its last checkpoint kept, from which it goes on when there is room")
  func training() throws {
    try workshop.write(Array(workshop.spec(epochs: 30).utf8), "spec.yaml")
    let undisturbed = try workshop.runPipeline(store: "undisturbed")
    let disk = try disk(16 << 20)
    var seen = 0
    let interrupted = try workshop.runPipeline(store: "disk/store") { process, line in
      guard line.contains(#""event":"checkpoint""#) else { return }
      seen += 1
      if seen == 3 { process.send(SIGINT) }
    }
    #expect(interrupted.status == 130)
    let filler = disk.folder.appending(path: "filler")
    try Data(count: disk.free - (300 << 10)).write(to: filler)
    let full = try workshop.runPipeline(store: "disk/store")
    #expect(full.status == 74)
    #expect(full.errors.contains("1048576 bytes are needed"), "\(full.errors)")
    #expect(full.errors.contains("The last checkpoint (epoch "), "\(full.errors)")
    #expect(full.errors.contains("pipeline run spec.yaml"))
    #expect(try workshop.run(["fsck"], store: "disk/store").status == 0)
    try FileManager.default.removeItem(at: filler)
    let finished = try workshop.runPipeline(store: "disk/store")
    #expect(finished.states["train"] == "resumed")
    #expect(finished.digests == undisturbed.digests)
  }

  @Test("of any size ends with 0 or 74, and the run goes on when there is room")
  func anySize() throws {
    let undisturbed = try workshop.runPipeline(store: "undisturbed")
    var ends: Set<Int32> = []
    // The reserve that each stage asks for is 1 MiB; what a stage really writes is less.
    for size in stride(from: 4 << 10, through: 1600 << 10, by: 84 << 10) {
      let disk = try disk(size)
      let cut = try workshop.runPipeline(store: "disk/store")
      ends.insert(cut.status)
      #expect([0, 74].contains(cut.status), "\(size): \(cut.status) \(cut.errors)")
      #expect(cut.status == 0 || cut.errors.contains("bytes are free"), "\(size): \(cut.errors)")
      try disk.resize(to: 16 << 20)
      let finished = try workshop.runPipeline(store: "disk/store")
      #expect(finished.digests == undisturbed.digests, "\(size): \(finished.errors)")
      #expect(try workshop.run(["fsck"], store: "disk/store").status == 0)
    }
    #expect(ends == [0, 74])
  }
}
