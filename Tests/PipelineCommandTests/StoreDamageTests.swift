import Foundation
import Testing

@Suite("A store that was damaged")
struct StoreDamageTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// The path of the object that holds an output of the last run.
  private func object(_ output: String, of result: CommandResult) throws -> URL {
    let digest = try #require(result.digests[output])
    let hex = String(digest.dropFirst("sha256:".count))
    let folder = workshop.folder.appending(path: "store/objects/sha256/\(hex.prefix(2))")
    return folder.appending(path: hex)
  }

  @Test("is found by fsck, never served, and mended by the next run", arguments: [true, false])
  func damage(isFlipped: Bool) throws {
    let first = try workshop.runPipeline()
    let path = try object("train/model.safetensors", of: first)
    if isFlipped {
      var bytes = [UInt8](try Data(contentsOf: path))
      bytes[bytes.count - 3] ^= 16
      try FileManager.default.removeItem(at: path)
      try Data(bytes).write(to: path)
    } else {
      try FileManager.default.removeItem(at: path)
    }
    let check = try workshop.run(["fsck"])
    #expect(check.status == 65)
    #expect(check.output.contains(path.lastPathComponent.prefix(12)))
    let again = try workshop.runPipeline(["--paranoid"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.states["train"] != "hit")
    #expect(again.digests == first.digests)
    #expect(try workshop.run(["fsck"]).status == 0)
  }
}
