import ContentAddressing
import Foundation
import Programs
import Testing

@Suite("A download")
struct DownloadTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// The names of the objects in a store.
  private func objects(in store: String) -> [String] {
    let folder = workshop.folder.appending(path: "\(store)/objects")
    let walk = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    return (walk?.compactMap { $0 as? URL } ?? []).filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }.map(\.lastPathComponent)
  }

  @Test("refuses a mirror with one wrong byte and keeps nothing of it")
  func wrongByte() throws {
    let expected = Content(of: try workshop.bytes("mirror/train-images"))
    var bytes = try workshop.bytes("mirror/train-images")
    bytes[bytes.count / 2] ^= 1
    try workshop.write(bytes, "mirror/train-images")
    let result = try workshop.runPipeline()
    #expect(result.status == 65)
    #expect(result.errors.contains("train-images.idx"))
    #expect(result.errors.contains(expected.digest.hex))
    #expect(result.errors.contains(Digest(of: bytes).hex))
    #expect(result.states["download"] == "failed" && result.states["train"] == "skipped")
    let spec = Digest(of: try workshop.bytes("spec.yaml")).hex
    #expect(objects(in: "store") == [spec])
  }

  @Test("takes the next source when one is wrong")
  func nextSource() throws {
    try FileManager.default.copyItem(
      at: workshop.folder.appending(path: "mirror"), to: workshop.folder.appending(path: "good"))
    try workshop.write([1, 2, 3], "mirror/train-images")
    let result = try workshop.runPipeline(["--mirror", "good"])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("names every source when nothing is reachable")
  func unreachable() throws {
    let result = try workshop.runPipeline(mirror: "nowhere")
    #expect(result.status == 69)
    #expect(result.errors.contains("nowhere/train-images"))
    #expect(result.errors.contains("https://data.invalid/train-images"))
    #expect(result.errors.contains("--offline") && result.errors.contains("--mirror"))
  }

  @Test("takes gzip for the bare file and the bare file for gzip")
  func compression() throws {
    let spec = try workshop.spec().replacingOccurrences(
      of: "    sha256", with: "    compression: gzip\n        sha256")
    let gzip = Program("gzip", ["-k", "mirror/test-images"], folder: workshop.folder)
    #expect(try gzip.result().status == 0)
    let folder = workshop.folder.appending(path: "mirror")
    try FileManager.default.removeItem(at: folder.appending(path: "test-images"))
    try FileManager.default.moveItem(
      at: folder.appending(path: "test-images.gz"), to: folder.appending(path: "test-images"))
    try workshop.write(Array(spec.utf8), "spec.yaml")
    let result = try workshop.runPipeline(["--to", "prepare"])
    #expect(result.status == 0, "\(result.errors)")
  }
}
