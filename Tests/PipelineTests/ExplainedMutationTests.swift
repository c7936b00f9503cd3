import ContentAddressing
import Foundation
import Pipeline
import PipelineSpec
import Steps
import Testing

@Suite("A pipeline of which one field is changed")
struct ExplainedMutationTests {
  private static let finder = MutationFinder(
    catalog: StepCatalog.echoes.schemas, references: ["base/one.bin", "base/two.bin"],
    paths: ["FOLDER/one.bin", "FOLDER/two.bin"])

  /// Ways to write the settings of a stage of each kind, so that together they may hold every field.
  private static let settings: [String: [String]] = [
    "download": [
      """
      files: {a: {urls: ["https://one.example/a"], sha256: \(String(repeating: "a", count: 64)), bytes: 1}}
      """
    ],
    "prepare": [
      "format: idx, train: {images: base/one.bin, labels: base/two.bin}",
      """
      format: idx, train: {images: base/one.bin, labels: base/two.bin}, \
      test: {images: base/two.bin, labels: base/one.bin}, validation: {count: 1}
      """,
      "format: cifar10, train: {batches: [base/one.bin]}, validation: {fraction: 0.5}",
      """
      format: cifar10, train: {batches: [base/one.bin]}, test: {batches: [base/one.bin]}, \
      validation: {fraction: 0.5}
      """,
    ],
    "train": [
      "data: base/one.bin, model: [relu], epochs: 1",
      "data: base/one.bin, model: [relu], epochs: 1, average: {ema: 0.9}",
    ],
    "evaluate": ["model: base/one.bin, data: base/two.bin"],
    "report": ["title: Trial"],
    "command": ["shell: trial, outputs: [it.txt]", "argv: [trial], outputs: [it.txt]"],
  ]

  /// A stage of some kind between one that it reads and one that reads it.
  private static func text(_ kind: String, _ settings: String, isRead: Bool = true) -> String {
    let output = ["download": "a", "command": "it.txt"][kind] ?? Self.output[kind] ?? "?"
    return """
      version: 1
      name: trial
      seed: 1
      stages:
        base: {step: command, shell: "make", outputs: [one.bin, two.bin]}
        it: {step: \(kind), \(settings)}
        after: {step: command, shell: "use", inputs: {x: \(isRead ? "it/\(output)" : "base/one.bin")}, outputs: [z]}

      """
  }

  private static let output: [String: String] = [
    "prepare": "dataset.h5", "train": "history.json", "evaluate": "evaluation.json",
    "report": "report.html",
  ]

  /// Whether to try every layer of a network, which takes a minute.
  private static let triesAll =
    ProcessInfo.processInfo.environment["PIPELINE_EVERY_MUTATION"] != nil

  static let kinds = StepLibrary.catalog.schemas.steps.map(\.kind)

  @Test("names exactly that field, and does what it announced", arguments: kinds)
  func everyField(kind: String) throws {
    let schema = try #require(StepCatalog.echoes.schemas[kind])
    let bodies = try #require(Self.settings[kind], "a kind of step that nothing is known of")
    var untried = Set(Self.finder.fields(of: schema))
    var counts: [String: Int] = [:]
    for (index, mutation) in Self.finder.mutations(of: schema, stage: "it").enumerated() {
      // What many layers have, such as `name`, is tried in two of them.
      let name = "\(mutation.field.split(separator: ".").last ?? "") \(mutation.isWhole)"
      counts[name, default: 0] += 1
      guard counts[name, default: 0] <= 2 || Self.triesAll else {
        untried.remove(mutation.field)
        continue
      }
      var isTried = false
      // Where the outputs are what changes, nobody can read them.
      for isRead in [true, false] {
        for body in bodies where !isTried {
          isTried = try attempt(
            mutation, Self.text(kind, body, isRead: isRead), isRun: index % 4 == 0)
        }
      }
      if isTried { untried.remove(mutation.field) }
    }
    // Another format has other inputs, too: no mutation of one field.
    untried.remove("prepare.format")
    // It needs momentum.
    untried.remove("train.optimizer.sgd.nesterov")
    #expect(untried.isEmpty, "no mutation of these could be tried: \(untried.sorted())")
  }

  /// Tries a mutation on a spec, unless one of its two sides is not valid there.
  private func attempt(
    _ mutation: FieldMutation, _ text: String, isRun: Bool
  ) throws -> Bool {
    let laboratory = try Laboratory(text)
    let overrides = mutation.setup + [mutation.change]
    // What is valid on both sides, and not the same.
    guard let before = try? laboratory.spec(mutation.setup)[stage: "it"],
      let after = try? laboratory.spec(overrides)[stage: "it"],
      before.parameters.flattened().map(\.text) != after.parameters.flattened().map(\.text)
    else { return false }
    try laboratory.run(mutation.setup)
    let explanation = try laboratory.explanation(of: "it", overrides)
    let named = explanation.changed.map(\.path)
    let plan = try laboratory.plan(overrides)
    guard mutation.isResult else {
      #expect(named.isEmpty && explanation.plan.state == .hit, "\(mutation): \(named)")
      let unkeyed = explanation.unkeyed.map(\.name)
      #expect(unkeyed.allSatisfy { isWithin($0, mutation.path) }, "\(mutation): \(unkeyed)")
      #expect(plan.allSatisfy { $0.state == .hit }, "\(mutation)")
      return true
    }
    #expect(explanation.plan.state == .run, "\(mutation)")
    if mutation.isWhole {
      // A record that was not there comes with its defaults.
      let record = mutation.path.split(separator: ".").dropLast().joined(separator: ".")
      let outer = before.parameters[String(record.dropFirst(3))] == nil ? record : mutation.path
      #expect(
        named.contains { isWithin($0, mutation.path) } && named.allSatisfy { isWithin($0, outer) },
        "\(mutation): \(named)")
    } else {
      #expect(named == [mutation.path], "\(mutation): \(named)")
    }
    #expect(plan.first { $0.name == "it" }?.reason != "new", "\(mutation)")
    #expect(explanation.changed.allSatisfy { $0.option != nil }, "\(mutation)")
    // The way back leads back.
    if let restoring = explanation.restoring {
      let back = try laboratory.plan(overrides + restoring)
      #expect(back.allSatisfy { $0.state == .hit }, "\(mutation): \(restoring)")
    }
    if isRun { try expect(laboratory.run(overrides), toBe: plan, "\(mutation)") }
    return true
  }

  private func isWithin(_ path: String, _ outer: String) -> Bool {
    path == outer || path.hasPrefix(outer + ".")
  }

  /// What a run did, beside what was announced: what depends may turn out to be a hit.
  private func expect(_ record: PipelineRun, toBe plans: [StagePlan], _ comment: Comment) {
    #expect(
      plans.map(\.name) == record.stages.filter { $0.state != .skipped }.map(\.name), comment)
    for plan in plans {
      let state = record.stage(plan.name)?.state
      switch plan.state {
      case .hit: #expect(state == .hit, comment)
      case .run: #expect(state == .ran, comment)
      case .resume: #expect(state == .resumed, comment)
      case .depends: #expect(state?.hasResult == true, comment)
      }
    }
  }

  @Test("names a seed where the step draws from it, and nowhere else", arguments: kinds)
  func seeds(kind: String) throws {
    let schema = try #require(StepCatalog.echoes.schemas[kind])
    let text = Self.text(kind, try #require(Self.settings[kind]?.first))
    for (setup, change, path) in [
      ([String](), "seed=2", "seed"), (["it.seed=2"], "it.seed=3", "it.seed"),
    ] {
      let laboratory = try Laboratory(text)
      guard (try? laboratory.spec(setup)) != nil else {
        #expect(!schema.usesSeed)
        continue
      }
      try laboratory.run(setup)
      let explanation = try laboratory.explanation(of: "it", setup + [change])
      #expect(explanation.changed.map(\.path) == (schema.usesSeed ? [path] : []))
      #expect(explanation.plan.state == (schema.usesSeed ? .run : .hit))
      let plan = try laboratory.plan(setup + [change])
      try expect(laboratory.run(setup + [change]), toBe: plan, "\(kind) \(change)")
    }
  }

  @Test("names the field of the stage before, where that is what changed", arguments: kinds)
  func upstream(kind: String) throws {
    let laboratory = try Laboratory(Self.text(kind, try #require(Self.settings[kind]?.first)))
    try laboratory.run([])
    let explanation = try laboratory.explanation(of: "it", ["base.shell=make it"])
    if kind == "download" || kind == "command" {
      // These read nothing here.
      #expect(explanation.plan.state == .hit && explanation.causes.isEmpty)
    } else {
      #expect(explanation.plan.state == .depends)
      #expect(explanation.changed.isEmpty && explanation.causes.map(\.path) == ["base.shell"])
    }
    let plan = try laboratory.plan(["base.shell=make it"])
    try expect(laboratory.run(["base.shell=make it"]), toBe: plan, "\(kind)")
  }

  @Test("is run as announced with every option that chooses stages, after every kind of end")
  func options() throws {
    let text = Self.text("train", try #require(Self.settings["train"]?.first))
    var round = 0
    for stopped in [nil, "base", "it", "after"] {
      for target in [nil, "base", "it"] {
        for forced in [[], ["it"], ["base", "after"]] as [Set<String>] {
          round += 1
          let laboratory = try Laboratory(text)
          var options = RunOptions()
          let first = try laboratory.run([], options, stopping: stopped)
          #expect(first.status == (stopped == nil ? .ok : .interrupted))
          #expect(first.stages.filter(\.isInterrupted).map(\.name) == (stopped.map { [$0] } ?? []))
          options.target = target
          options.forced = forced
          options.isFresh = round % 3 == 0
          options.jobs = round.isMultiple(of: 2) ? 3 : 1
          let plan = try laboratory.plan([], options)
          if let stopped, !options.isFresh, target == nil, forced.isEmpty {
            #expect(plan.contains { $0.name == stopped && $0.state == .resume })
          }
          try expect(
            laboratory.run([], options), toBe: plan, "\(stopped ?? "–") \(options)")
        }
      }
    }
  }
}
