import Testing

@testable import PipelineSpec

@Suite("What a step and its schema do not agree on")
struct SettingTests {
  private static let record = SpecRecord([
    .init(name: "epochs", value: SpecValue(.integer(3), location: nil), role: .result)
  ])

  @Test("is an error that names the setting and what it was read as")
  func reading() throws {
    #expect(try Self.record.integer("epochs") == 3)
    let mistyped = try #require(
      #expect(throws: SettingError.self) { try Self.record.string("epochs") })
    #expect(mistyped == SettingError("epochs", as: "String", isPresent: true))
    let missing = try #require(
      #expect(throws: SettingError.self) { try Self.record.choice("optimizer") })
    #expect(missing.name == "optimizer" && !missing.isPresent)
    #expect("\(missing)".contains("`optimizer`") && "\(missing)".contains("report it"))
  }

  @Test(
    "of types is a finding of the spec that comes to it",
    arguments: [[:], ["layer": "layer"], ["layer": "a", "a": "layer"]])
  func types(_ names: [String: String]) throws {
    let types = names.mapValues { FieldType.named($0) }
    let step = StepSchema(
      kind: "train", version: 1, summary: "Trains.",
      fields: [Field("model", .named("layer"), summary: "The layer.")], outputs: .fixed(["out"]))
    let text = "version: 1\nname: x\nstages:\n  train: {step: train, model: linear}\n"
    for written in [text, text.replacing("linear", with: "{linear: 3}")] {
      let error = try #require(
        #expect(throws: SpecError.self) {
          try SpecParser(catalog: SchemaCatalog(steps: [step], types: types)).parse(
            Array(written.utf8), file: "spec.yaml")
        })
      #expect("\(error)".contains("`model` must be something that this program does not know"))
    }
  }
}
