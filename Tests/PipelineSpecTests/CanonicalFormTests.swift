import ContentAddressing
import Settings
import Pipeline
import Steps
import Testing

@testable import PipelineSpec

@Suite("The canonical form of a stage")
struct CanonicalFormTests {
  /// The canonical forms of all stages by name.
  private func forms(
    _ spec: PipelineSpec, _ include: CanonicalForm = .key
  ) -> [String: CanonicalValue] {
    Dictionary(
      uniqueKeysWithValues: spec.stages.map { ($0.name, $0.parameters.canonical(include)) })
  }

  private func plain() throws -> PipelineSpec {
    var writer = SpecWriter(seed: 0)
    return try parse(writer.write(.rich))
  }

  @Test(
    "does not depend on order, comments, blanks, quotes, marks, line ends or block and flow style",
    arguments: 1...200)
  func style(seed: Int) throws {
    var writer = SpecWriter(seed: UInt64(seed))
    let tree = SpecTree.rich.shuffled(using: &writer.random)
    let text = writer.write(tree)
    let spec: PipelineSpec
    do throws(SpecError) { spec = try parse(text) } catch {
      Issue.record("\(error)\n\(text)")
      return
    }
    let expected = try plain()
    #expect(forms(spec, .complete) == forms(expected, .complete))
    #expect(spec.seed == expected.seed)
    for stage in spec.stages {
      #expect(stage.seed == expected[stage: stage.name]?.seed)
      _ = try stage.parameters.canonical(.complete).canonicalBytes()
    }
    let order = spec.topologicalOrder.map(\.name)
    for stage in spec.stages {
      for source in stage.dependencies {
        #expect(
          try #require(order.firstIndex(of: source)) < #require(order.firstIndex(of: stage.name)))
      }
    }
  }

  @Test("does not depend on aliases and merge keys")
  func aliases() throws {
    let written = """
      version: 1
      name: a
      stages:
        one: {step: command, shell: 'true', outputs: [a, b], timeout: 3}
        two: {step: command, shell: 'true', outputs: [a, b], timeout: 4}
        three: {step: command, shell: 'false', outputs: [a, b], timeout: 3}
      """
    let shared = """
      version: 1
      name: a
      stages:
        one: &one {step: command, shell: &yes 'true', outputs: &outputs [a, b], timeout: 3}
        two: {step: command, shell: *yes, outputs: *outputs, timeout: 4}
        three: {<<: [{shell: 'false', step: command}, *one]}
      """
    #expect(try forms(parse(written), .complete) == forms(parse(shared), .complete))
  }

  @Test("does not depend on line ends and a byte order mark, also within texts of several lines")
  func lineEnds() throws {
    let text = """
      version: 1
      name: a
      stages:
        one:
          step: command
          shell: |
            first
              second

            third
          outputs: [a]
        two:
          step: command
          shell: "a text
            that goes on"
          outputs: [a]
        three:
          step: command
          shell: >-
            folded
            text
          outputs: [a]
      """
    let spec = try parse(text)
    #expect(spec.stages[0].parameters["shell"]?.string == "first\n  second\n\nthird\n")
    #expect(spec.stages[1].parameters["shell"]?.string == "a text that goes on")
    #expect(spec.stages[2].parameters["shell"]?.string == "folded text")
    let other = try parse("\u{feff}" + text.replacing("\n", with: "\r\n"))
    #expect(forms(spec) == forms(other))
    #expect(spec.stages.map(\.location) == other.stages.map(\.location))
  }

  @Test("holds no default, whether somebody wrote it or not")
  func defaults() throws {
    let short =
      "version: 1\nname: a\nstages:\n  t: {step: train, data: u/a, model: [relu], epochs: 1}\n"
      + "  u: {step: command, shell: x, outputs: [a]}\n"
    let long = short.replacing(
      "epochs: 1",
      with: "epochs: 1, batch_size: 64, shards: 1, loss: {cross_entropy: {label_smoothing: 0}}, "
        + "optimizer: {adam: {learning_rate: 1e-3, beta1: 0.90, beta2: .999, epsilon: 0.00000001, "
        + "weight_decay: -0.0}}, schedule: {constant: {warmup_epochs: 0}}")
    let (brief, full) = (try forms(parse(short)), try forms(parse(long)))
    #expect(brief == full)
    #expect(
      brief["t"] == ["data": ["input": "data"], "model": [["relu": [:]]], "epochs": 1])
    #expect(try forms(parse(short), .complete) == forms(parse(long), .complete))
    #expect(
      try StepLibrary.catalog.schemas.completed(#require(brief["t"]), of: "train")["optimizer"]
        == forms(parse(short), .complete)["t"]?["optimizer"])
  }

  @Test("changes with every result setting, at exactly its path, and with no execution setting")
  func leaves() throws {
    let spec = try plain()
    var text = ""
    do {
      var writer = SpecWriter(seed: 0)
      text = writer.write(.rich)
    }
    var changed = 0
    var unchangeable: [String] = []
    for stage in spec.stages {
      let before = completed(stage.parameters, of: stage)
      for leaf in stage.parameters.flattened() {
        guard let other = try self.other(than: leaf, of: stage, text) else {
          unchangeable.append("\(stage.name).\(leaf.path)")
          continue
        }
        changed += 1
        let differences = CanonicalDifference.between(
          before, and: completed(other.parameters, of: stage))
        if leaf.role == .execution || leaf.value.source != nil {
          #expect(differences.isEmpty, "\(stage.name).\(leaf.path)")
        } else {
          #expect(differences.map(\.path) == [leaf.path], "\(stage.name)")
          let location = differences.first?.location(in: other.parameters)
          #expect(location?.isOverride == true, "\(stage.name).\(leaf.path)")
        }
        for name in spec.stages.map(\.name) where name != stage.name {
          #expect(other.others[name] == spec[stage: name]?.parameters.canonical(.complete))
        }
      }
    }
    // Another format needs other files, an average of the weights another setting; lists and maps without elements.
    #expect(
      unchangeable == [
        "prepare.format", "train.model.3.residual.projection", "train.weights",
        "count.environment", "report.plots",
      ])
    #expect(changed > 60)
  }

  private func completed(_ parameters: SpecRecord, of stage: StageSpec) -> CanonicalValue {
    StepLibrary.catalog.schemas.completed(parameters.canonical(), of: stage.kind)
  }

  private func other(
    than leaf: SpecLeaf, of stage: StageSpec, _ text: String
  ) throws -> (parameters: SpecRecord, others: [String: CanonicalValue])? {
    let candidates: [String] =
      switch leaf.value.payload {
      case .boolean(let value): ["\(!value)"]
      case .integer(let value): ["\(value + 1)", "\(value - 1)"]
      case .number(let value): ["\(value / 2 + 0.001)", "\(value + 1)"]
      case .reference, .path: ["./another.file", "download/labels.idx", "prepare/dataset.h5"]
      case .choice: ["sigmoid", "gelu", "mean_squared_error"]
      default:
        [
          "none", "loss", "test", "reflect", "https://b.org/x", String(repeating: "0", count: 64),
          "another", "another text",
        ]
      }
    for candidate in candidates where candidate != leaf.text {
      guard
        let spec = try? parse(text, overrides: ["\(stage.name).\(leaf.path)=\(candidate)"]),
        let other = spec[stage: stage.name],
        other.parameters.value(atPath: leaf.path)?.text == candidate
          || other.parameters.canonical(.complete) != stage.parameters.canonical(.complete)
          || leaf.value.source != nil
      else { continue }
      return (other.parameters, forms(spec, .complete))
    }
    return nil
  }
}
