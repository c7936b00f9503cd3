import Settings
import Testing

@testable import PipelineSpec

@Suite("A name")
struct SettingTests {
  @Test(
    "of types that leads nowhere is a finding of the spec that comes to it",
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
      #expect("\(error)".contains("`model` must be a value unknown to this program"))
    }
  }
}
