import ContentAddressing
import Foundation
import Programs
import Testing

/// A server whose first answer ends in the middle.
private final class CuttingServer {
  private let server: RunningProgram
  let port: String

  init(file: URL, after count: Int, manner: String) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "cutting-server.py").path
    server = try Program(
      "/usr/bin/python3", [script, file.path, "\(count)", manner], input: .open
    ).start()
    port = server.nextLine()
  }

  /// The next line that the server prints.
  func nextLine() -> String { server.nextLine() }

  deinit {
    server.closeInput()
    _ = server.result()
  }
}

@Suite(
  "A download that is cut in the middle",
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs /usr/bin/python3"))
struct CutDownloadTests {
  let workshop: Workshop
  let content: [UInt8]

  init() throws {
    workshop = try Workshop()
    content = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    try workshop.write(content, "file")
  }

  private func writeSpec(port: String) throws {
    let text = """
      version: 1
      name: cut
      stages:
        download:
          step: download
          files:
            file.bin:
              urls: [http://127.0.0.1:\(port)/file]
              sha256: \(Digest(of: content).hex)
              bytes: \(content.count)
      """
    try workshop.write(Array(text.utf8), "cut.yaml")
  }

  private func download() throws -> CommandResult {
    try workshop.run(
      ["run", "cut.yaml", "--json"], environment: ["no_proxy": "127.0.0.1"])
  }

  @Test("by the server goes on from there at the next run", arguments: [1, 100_000, 399_999])
  func server(count: Int) throws {
    let server = try CuttingServer(
      file: workshop.folder.appending(path: "file"), after: count, manner: "close")
    try writeSpec(port: server.port)
    let cut = try download()
    #expect(cut.status == 69, "\(cut.errors)")
    #expect(server.nextLine() == "whole")
    #expect(try workshop.run(["fsck"]).status == 0)
    let finished = try download()
    #expect(finished.status == 0, "\(finished.errors)")
    #expect(server.nextLine() == "bytes=\(count)-")
    #expect(finished.digests["download/file.bin"] == Digest(of: content).description)
    #expect(try workshop.run(["fsck"]).status == 0)
  }

  @Test(
    "by SIGKILL goes on from there, and by a damaged part begins anew", arguments: [false, true])
  func killed(isDamaged: Bool) throws {
    let server = try CuttingServer(
      file: workshop.folder.appending(path: "file"), after: 250_000, manner: "hang")
    try writeSpec(port: server.port)
    let partial = workshop.folder.appending(path: "store/cache/partial")
    let killed = try workshop.run(
      ["run", "cut.yaml", "--json"], environment: ["no_proxy": "127.0.0.1"]
    ) { process, line in
      guard line.contains(#""event":"stage.start""#) else { return }
      // The process itself says nothing of a part; its file does.
      while Self.size(of: partial) < 250_000 { usleep(1000) }
      process.send(SIGKILL)
    }
    #expect(killed.status == 128 + SIGKILL)
    #expect(server.nextLine() == "whole")
    if isDamaged {
      let part = try #require(Self.files(in: partial).first)
      var bytes = [UInt8](try Data(contentsOf: part))
      bytes[1000] ^= 1
      try Data(bytes).write(to: part)
    }
    #expect(try workshop.run(["fsck"]).status == 0)
    let finished = try download()
    #expect(server.nextLine() == "bytes=250000-")
    // The digest of the whole tells: what was kept is thrown away, and the source asked again.
    if isDamaged { #expect(server.nextLine() == "whole") }
    #expect(finished.status == 0, "\(finished.errors)")
    #expect(finished.digests["download/file.bin"] == Digest(of: content).description)
  }

  private static func files(in folder: URL) -> [URL] {
    let walk = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    return (walk?.compactMap { $0 as? URL } ?? []).filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }
  }

  private static func size(of folder: URL) -> Int {
    files(in: folder).reduce(0) {
      $0 + ((try? FileManager.default.attributesOfItem(atPath: $1.path))?[.size] as? Int ?? 0)
    }
  }
}
