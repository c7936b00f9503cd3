import Foundation
import Testing

@Suite("A run of a pipeline")
struct RunTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  static let stages = ["download", "prepare", "train", "evaluate", "report"]

  @Test("computes everything once, and then nothing")
  func caching() throws {
    let first = try workshop.runPipeline()
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.states == Dictionary(uniqueKeysWithValues: Self.stages.map { ($0, "ran") }))
    let second = try workshop.runPipeline(["--require-cached"])
    #expect(second.status == 0)
    #expect(second.states == Dictionary(uniqueKeysWithValues: Self.stages.map { ($0, "hit") }))
    #expect(first.digests == second.digests)
    #expect(first.digests.count == 11)
  }

  @Test("learns what the data holds")
  func learning() throws {
    let result = try workshop.runPipeline()
    let metrics = result.stages["evaluate"]?["metrics"] as? [String: Any]
    #expect((metrics?["accuracy"] as? Double ?? 0) > 0.9)
  }

  @Test(
    "gives the same digests in another store, on any number of threads and instruction set",
    arguments: [["--threads", "1"], ["--threads", "2"], ["--threads", "7"], ["--isa", "v2"]])
  func sameBits(options: [String]) throws {
    let one = try workshop.runPipeline(store: "one")
    let other = try workshop.runPipeline(options, store: "other")
    #expect(one.status == 0 && other.status == 0)
    #expect(one.digests == other.digests)
  }

  @Test("reruns what a setting changes and nothing else, and hits again when it is changed back")
  func invalidation() throws {
    _ = try workshop.runPipeline()
    let changed = try workshop.runPipeline(["--set", "train.batch_size=8"])
    #expect(
      changed.states == [
        "download": "hit", "prepare": "hit", "train": "ran", "evaluate": "ran", "report": "ran",
      ])
    let back = try workshop.runPipeline()
    #expect(Set(back.states.values) == ["hit"])
  }

  @Test(
    "does not care about comments, order, checkpoints, sources and the names of stages but in reports"
  )
  func executionSettings() throws {
    let first = try workshop.runPipeline()
    var spec = try workshop.spec(extra: "# a comment at the end")
    spec = spec.replacingOccurrences(of: "every_steps: 5", with: "every_steps: 9")
      .replacingOccurrences(of: "data.invalid", with: "elsewhere.invalid")
      .replacingOccurrences(of: "name: tiny\nseed: 7", with: "seed: 7\nname: tiny")
    try workshop.write(Array(spec.utf8), "spec.yaml")
    let second = try workshop.runPipeline()
    #expect(Set(second.states.values) == ["hit"], "\(second.errors)")
    try workshop.write(
      Array(
        spec.replacingOccurrences(of: "  train:\n    step", with: "  learn:\n    step")
          .replacingOccurrences(of: "train/model", with: "learn/model").utf8), "spec.yaml")
    let renamed = try workshop.runPipeline()
    #expect(renamed.states["learn"] == "hit" && renamed.states["evaluate"] == "hit")
    #expect(renamed.states["report"] == "ran")
    #expect(renamed.digests["learn/model.safetensors"] == first.digests["train/model.safetensors"])
  }

  @Test("stops when what comes out is what went in: early cutoff")
  func earlyCutoff() throws {
    _ = try workshop.runPipeline()
    // Another split of the same labels would change the data; a repeated class list does not.
    let result = try workshop.runPipeline(["--force", "prepare"])
    #expect(result.states["prepare"] == "ran")
    #expect(result.states["train"] == "hit")
  }

  @Test("says which stages it skips when one is asked for")
  func target() throws {
    let result = try workshop.runPipeline(["--to", "prepare"])
    #expect(result.states["prepare"] == "ran")
    #expect(result.states["train"] == "skipped")
  }

  @Test("tells what it would do without doing it")
  func dryRun() throws {
    let plan = try workshop.runPipeline(["--dry-run"])
    #expect(
      plan.states == [
        "download": "run", "prepare": "depends", "train": "depends",
        "evaluate": "depends", "report": "depends",
      ])
    _ = try workshop.runPipeline(["--to", "prepare"])
    let later = try workshop.run(["status", "spec.yaml", "--json"])
    #expect(later.states["prepare"] == "hit" && later.states["train"] == "run")
  }

  @Test("prints no escape codes and no carriage returns into a pipe")
  func plainOutput() throws {
    let result = try workshop.run(
      ["run", "spec.yaml", "--offline", "--mirror", "mirror"], environment: ["TERM": "xterm"])
    #expect(result.status == 0)
    let text = result.output + result.errors
    #expect(!text.contains("\u{1b}") && !text.contains("\r"))
    #expect(result.output.contains("report"))
    #expect(result.errors.contains("epoch 6"))
  }
}
