import ArtifactStore
import ContentAddressing
import Foundation
import SystemPackage
import Testing

@Suite("A result that is verified")
struct VerifyTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// The verified stages of `verify --json`, by name.
  private func states(_ result: CommandResult) -> [String: String] { result.states }

  /// The places of all differences of a stage, one after the other.
  private func places(_ stage: String, _ result: CommandResult) -> String {
    let differences = result.stages[stage]?["differences"] as? [[String: Any]] ?? []
    return differences.flatMap { $0["places"] as? [String] ?? [] }.joined(separator: "\n")
  }

  private func open() throws -> ArtifactStore {
    try ArtifactStore(
      at: FilePath(workshop.folder.appending(path: "store").path), mode: .openExisting)
  }

  /// The files of the store with their contents, without what every process leaves behind.
  private func snapshot() throws -> [String: [UInt8]] {
    let root = workshop.folder.appending(path: "store")
    var files: [String: [UInt8]] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      let isRecord = !["attest", "cache", "locks", "leases"].contains { path.hasPrefix($0) }
      var isFolder: ObjCBool = false
      let full = root.appending(path: path)
      guard isRecord, FileManager.default.fileExists(atPath: full.path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[path] = [UInt8](try Data(contentsOf: full))
    }
    return files
  }

  @Test(
    "is proved on another number of threads and instruction set, and attested",
    arguments: [["--threads", "1", "--isa", "v2"], ["--threads", "3"]])
  func proved(options: [String]) throws {
    let run = try workshop.runPipeline()
    let before = try snapshot()
    let result = try workshop.run(["verify", "--json"] + options)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    #expect(Set(result.states.values) == ["proved"] && result.states.count == 5)
    #expect(result.digests == run.digests)
    #expect(try snapshot() == before, "verifying changes nothing but attestations")
    let store = try open()
    for stage in result.stages.values {
      let key = try #require((stage["key"] as? String).flatMap { Digest($0) })
      let attestations = try store.attestations(of: key)
      #expect(attestations.count == 1)
      let environment = attestations.first?["environment"]
      #expect(environment?["threads"]?.integer == Int(options[1]))
      #expect(environment?["host"]?.string?.isEmpty == false)
    }
    try store.close()
    #expect(try workshop.run(["fsck"]).status == 0)
  }

  @Test("differs in the tensor and element of one changed weight")
  func changedWeight() throws {
    let run = try workshop.runPipeline()
    try forge("model.safetensors", of: run) { bytes in
      // The last four bytes are the last element of the last tensor.
      bytes[bytes.count - 3] ^= 1
    }
    let damage = try workshop.run(["fsck"])
    #expect(
      damage.status != 0 && damage.output.contains("results/"),
      "whole as the forged record is, the one it replaced is missed: \(damage.output)")
    let result = try workshop.run(["verify", "--json"])
    #expect(result.status == 1)
    #expect(result.states["train"] == "differs")
    #expect(result.states.filter { $0.value == "proved" }.count == 4)
    let text = places("train", result)
    #expect(text.contains("tensor ") && text.contains("1 of its"), "\(text)")
    #expect(text.contains("every step of the trace"), "\(text)")
    let plain = try workshop.run(["verify", "--stage", "train"])
    #expect(plain.status == 1)
    #expect(plain.output.contains("DIFFERS") && plain.output.contains("tensor "))
  }

  @Test("differs in the first step whose recorded loss was changed, and in the epoch")
  func changedTrace() throws {
    let run = try workshop.runPipeline()
    try forge("trace.csv", of: run) { bytes in
      var lines = String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      var fields = lines[17].split(separator: ",").map(String.init)
      fields[3] = "3f800000"
      lines[17] = fields.joined(separator: ",")
      bytes = Array(lines.joined(separator: "\n").utf8)
    }
    let result = try workshop.run(["verify", "--stage", "train", "--json"])
    #expect(result.status == 1)
    #expect(places("train", result).contains("step 17 is the first that diverged: loss"))
    #expect(result.states.count == 1)
    try forge("history.json", of: run) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      var parts = text.components(separatedBy: "sha256:")
      parts[3] = String(repeating: "0", count: 64) + parts[3].dropFirst(64)
      bytes = Array(parts.joined(separator: "sha256:").utf8)
    }
    let both = try workshop.run(["verify", "--stage", "train", "--json"])
    #expect(both.status == 1)
    #expect(places("train", both).contains("epoch 3 is the first that diverged: state"))
  }

  @Test("cannot be judged by settings that make another key, and says which")
  func otherKey() throws {
    _ = try workshop.runPipeline()
    // The record keeps overrides beside the spec; one that was changed makes another key.
    try rewriteRun { body in
      var members = body.object ?? [:]
      members["overrides"] = ["train.batch_size=8"]
      return .object(members)
    }
    let result = try workshop.run(["verify", "--json"])
    #expect(result.status == 1)
    #expect(result.states["train"] == "other-key" && result.states["prepare"] == "proved")
    let changes = result.stages["train"]?["key_changes"] as? [[String: Any]]
    #expect(changes?.compactMap { $0["path"] as? String } == ["parameters.batch_size"])
  }

  @Test("fails where an input is damaged, and the other stages are judged all the same")
  func damagedInput() throws {
    let run = try workshop.runPipeline()
    let digest = try #require(run.digests["prepare/dataset.h5"].flatMap { Digest($0) })
    let store = try open()
    let path = store.path(of: digest).string
    try store.close()
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    bytes[bytes.count / 2] ^= 1
    try FileManager.default.removeItem(atPath: path)
    try Data(bytes).write(to: URL(filePath: path))
    let result = try workshop.run(["verify", "--json"])
    #expect(result.status == 65)
    #expect(result.states["train"] == "failed" && result.states["download"] == "proved")
    // What prepare makes is still what was recorded, though the recorded bytes are gone.
    #expect(result.states["prepare"] == "proved")
    #expect(try workshop.run(["verify", "--stage", "nothing"]).status == 64)
  }

  // MARK: Forgeries, by the store's own means, so that nothing but the truth is wrong

  /// Replaces one output of the training in the record of its key.
  private func forge(
    _ name: String, of run: CommandResult, change: (inout [UInt8]) -> Void
  ) throws {
    let key = try #require((run.stages["train"]?["key"] as? String).flatMap { Digest($0) })
    let store = try open()
    guard case .hit(let record) = try store.result(for: key) else {
      Issue.record("the training has no result")
      return
    }
    var bytes = try store.read(try #require(record.outputs[name]))
    change(&bytes)
    var outputs = record.outputs
    outputs[name] = try store.putBlob(bytes)
    let folder = workshop.folder.appending(path: "store/results/\(key.hex)")
    try FileManager.default.removeItem(at: folder)
    try store.publish(
      ResultRecord(
        key: key, outputs: outputs, metrics: record.metrics, createdByRun: record.createdByRun,
        extra: record.extra))
    try store.close()
  }

  /// Adds a run like the last one, with another record.
  private func rewriteRun(_ change: (CanonicalValue) -> CanonicalValue) throws {
    let store = try open()
    guard case .closed(let record) = try #require(try store.runs().first).state else {
      Issue.record("the run is not closed")
      return
    }
    let folder = try store.beginRun(
      milliseconds: UInt64(Date().timeIntervalSince1970 * 1000) + 1000, randomBits: (1, 2))
    var members = change(record.body).object ?? [:]
    members["run"] = .string(folder.id.description)
    try folder.close(.object(members))
    try store.close()
  }
}
