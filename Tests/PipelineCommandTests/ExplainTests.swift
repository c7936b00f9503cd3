import Foundation
import Testing

@Suite("An explanation")
struct ExplainTests {
  let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    let first = try workshop.runPipeline()
    #expect(first.status == 0, "\(first.errors)")
  }

  /// A result field with another valid value than the spec of the workshop has.
  static let mutations = [
    ("train", "train.optimizer.adam.learning_rate=0.02"), ("train", "train.epochs=7"),
    ("train", "train.batch_size=8"), ("train", "train.optimizer.adam.beta1=0.8"),
    ("train", "train.drop_last=true"), ("train", "train.shards=2"), ("train", "train.seed=9"),
    ("train", "train.loss.cross_entropy.label_smoothing=0.1"),
    ("prepare", "prepare.validation.count=20"), ("prepare", "prepare.validation.stratified=false"),
    ("prepare", "prepare.normalize=none"), ("prepare", "seed=8"),
    ("train", "train.model.3.dropout.probability=0.2"),
    ("evaluate", "evaluate.split=validation"), ("report", "report.title=Other"),
  ]

  /// All in one store with one run, which costs more than all the questions.
  @Test("names exactly the field that was changed, and how to get the old result back")
  func oneField() throws {
    let runs = try workshop.run(["runs", "--json"]).events.last?["runs"] as? [[String: Any]]
    let run = try #require(runs?.first?["run"] as? String)
    for (stage, override) in Self.mutations {
      let result = try workshop.run(["explain", "spec.yaml", stage, "--json", "--set", override])
      #expect(result.status == 0, "\(override): \(result.errors)")
      let explanation = try #require(result.events.last)
      #expect(explanation["schema"] as? String == "pipeline.explain/1")
      #expect(explanation["state"] as? String == "run", "\(override)")
      #expect(explanation["nearest"] as? String == run)
      let changed = try #require(explanation["changed"] as? [[String: Any]])
      #expect(changed.count == 1, "\(override): \(changed)")
      let path = String(override.prefix { $0 != "=" })
      let named = changed.first?["path"] as? String ?? ""
      // A choice that becomes another one, or gets its first setting, is named as a whole.
      #expect(named == path || path.hasPrefix(named + "."), "\(named)")
      #expect(changed.first?["option"] as? String == "--set \(override)")
      #expect(changed.first?["file"] as? String == "spec.yaml")
      // What is announced is what a run does, and the way back leads back.
      let dry = try workshop.run(["run", "spec.yaml", "--dry-run", "--json", "--set", override])
      #expect(dry.states[stage] == "run", "\(override)")
      let restore = try #require(explanation["restore"] as? [String], "\(override)")
      let back = restore.flatMap { ["--set", $0] }
      let again = try workshop.run(["status", "spec.yaml", "--json", "--set", override] + back)
      #expect(again.states[stage] == "hit", "\(restore) \(again.errors)")
    }
  }

  @Test("gives the place in the file, in `explain`, `status` and `run --dry-run`")
  func place() throws {
    let spec = try workshop.spec().replacingOccurrences(of: "rate: 0.01", with: "rate: 0.02")
    try workshop.write(Array(spec.utf8), "spec.yaml")
    let lines = spec.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("learning_rate") }) + 1
    let summary = "learning_rate 0.01 → 0.02 (spec.yaml:\(line))"
    #expect(try workshop.run(["status", "spec.yaml"]).output.contains(summary))
    #expect(try workshop.run(["run", "spec.yaml", "--dry-run"]).output.contains(summary))
    let explained = try workshop.run(["explain", "spec.yaml", "train", "--json"])
    let changed = explained.events.last?["changed"] as? [[String: Any]]
    #expect(changed?.first?["line"] as? Int == line)
    #expect(changed?.first?["old"] as? Double == 0.01)
    #expect(changed?.first?["new"] as? Double == 0.02)
    let text = try workshop.run(["explain", "spec.yaml", "train"]).output
    #expect(text.contains("spec.yaml:\(line)") && text.contains("evaluate, report depend"))
    #expect(text.contains("pipeline run spec.yaml --set train.optimizer.adam.learning_rate=0.01"))
  }

  @Test("is in the events of the run too")
  func event() throws {
    let run = try workshop.runPipeline(["--set", "train.batch_size=8"])
    let starts = run.events.filter { $0["event"] as? String == "stage.start" }
    let train = starts.first { $0["stage"] as? String == "train" }?["reason"] as? String
    #expect(train?.hasPrefix("batch_size 16 → 8 (--set; spec.yaml:") == true, "\(train ?? "")")
    let evaluate = starts.first { $0["stage"] as? String == "evaluate" }?["reason"] as? String
    #expect(evaluate?.contains("model sha256:") == true, "\(evaluate ?? "")")
    let first = try workshop.runPipeline(store: "empty")
    let reasons = first.events.filter { $0["event"] as? String == "stage.start" }
      .compactMap { $0["reason"] as? String }
    #expect(Set(reasons) == ["new"])
  }

  @Test("tells of a hit which run made it, and of an execution setting that it changes nothing")
  func hit() throws {
    let result = try workshop.run(
      ["explain", "spec.yaml", "train", "--json", "--set", "train.checkpoint.every_steps=3"])
    let explanation = try #require(result.events.last)
    #expect(explanation["state"] as? String == "hit")
    #expect((explanation["changed"] as? [Any])?.isEmpty == true)
    let unkeyed = explanation["not_in_key"] as? [[String: Any]]
    #expect(unkeyed?.contains { $0["name"] as? String == "train.checkpoint.every_steps" } == true)
  }

  @Test("names the earlier stage that a stage depends on because of it")
  func upstream() throws {
    let result = try workshop.run(
      ["explain", "spec.yaml", "evaluate", "--json", "--set", "prepare.validation.count=20"])
    let explanation = try #require(result.events.last)
    #expect(explanation["state"] as? String == "depends")
    let causes = explanation["causes"] as? [[String: Any]]
    #expect(causes?.map { $0["path"] as? String } == ["prepare.validation.count"])
  }

  @Test("compares with a run that the user names")
  func versus() throws {
    _ = try workshop.runPipeline(["--set", "train.epochs=2", "--tag", "short"])
    let result = try workshop.run(["explain", "spec.yaml", "train", "--vs", "short", "--json"])
    let changed = result.events.last?["changed"] as? [[String: Any]]
    #expect(changed?.map { $0["path"] as? String } == ["train.epochs"])
    #expect(try workshop.run(["explain", "spec.yaml", "train", "--vs", "absent"]).status == 64)
  }

  @Test("never guesses: without an earlier result it says so; a stage that is none is named")
  func nothing() throws {
    let result = try workshop.run(["explain", "spec.yaml", "download"], store: "empty")
    #expect(result.output.contains("no earlier result"))
    let wrong = try workshop.run(["explain", "spec.yaml", "trian"])
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean “train”"))
  }

  @Test("leads back to what the spec says by leaving out the override, not by another one")
  func wayBack() throws {
    func command(_ overrides: [String]) throws -> String {
      let text = try workshop.run(
        ["explain", "spec.yaml", "train"] + overrides.flatMap { ["--set", $0] }
      ).output
      let line = try #require(text.split(separator: "\n").first { $0.contains("old result") })
      return String(line.drop { $0 == " " }.dropFirst(10).drop { $0 == " " })
    }
    #expect(try command(["train.epochs=7"]) == "pipeline run spec.yaml")
    #expect(
      try command(["train.optimizer={adam: {learning_rate: 0.02}}"]) == "pipeline run spec.yaml")
    #expect(try command(["seed=8"]).hasPrefix("pipeline run spec.yaml"))
    // What has nothing to do with it stays.
    #expect(
      try command(["train.epochs=7", "report.title=It's mine"])
        == #"pipeline run spec.yaml --set 'report.title=It'\''s mine'"#)
    // A spec that was changed itself needs the old value.
    let spec = try workshop.spec().replacingOccurrences(of: "epochs: 6", with: "epochs: 8")
    try workshop.write(Array(spec.utf8), "spec.yaml")
    #expect(try command([]) == "pipeline run spec.yaml --set train.epochs=6")
    #expect(
      try command(["train.batch_size=8"]) == "pipeline run spec.yaml --set train.epochs=6")
  }
}
