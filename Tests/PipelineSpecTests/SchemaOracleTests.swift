import Foundation
import Programs
import Pipeline
import Steps
import Testing

@testable import PipelineSpec

/// The JSON Schema as others read it: PyYAML for the YAML, `jsonschema` for the schema.
@Suite("The JSON Schema, read by Python's jsonschema")
struct SchemaOracleTests {
  /// Whether Python is here with what the check needs.
  static let isHere = run("import yaml, jsonschema", on: [:])?.isEmpty == true

  /// Runs a program in Python with texts as arguments in files, and returns what it prints.
  private static func run(_ program: String, on files: [String: String]) -> String? {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("spec-schema-\(ProcessInfo.processInfo.globallyUniqueString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      let result = try Program(
        "python3", ["-c", program], folder: folder, errors: .dropped
      ).result()
      return result.status == 0 ? result.text : nil
    } catch { return nil }
  }

  /// Prints the names of the specs that the schema accepts.
  private static let program = """
    import glob, json, yaml, jsonschema
    schema = json.load(open("schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in sorted(glob.glob("*.yaml")):
        if validator.is_valid(yaml.safe_load(open(name))): print(name)
    """

  @Test(
    "accepts right specs and refuses what has the wrong form",
    .enabled(if: isHere, "needs python3 with yaml and jsonschema"))
  func agreement() throws {
    var files = [
      "schema.json": JSONSchemaGenerator(catalog: StepLibrary.catalog.schemas).generate()
    ]
    files["design.yaml"] = DesignExampleTests.text
    for seed in 1...10 {
      var writer = SpecWriter(seed: UInt64(seed))
      let text = writer.write(.rich)
      // PyYAML reads YAML 1.1, in which .25 is a number and 1e-3 a text.
      files["rich\(seed).yaml"] = text.replacing("1e-3", with: "1.0e-3").replacing(
        "1e-1", with: "0.1"
      )
      .replacing("6.5e1", with: "65.0")
    }
    let wrong = [
      "setting-misspelt", "setting-misspelt-nested", "layer-misspelt", "layer-without-features",
      "integer-text", "integer-zero", "number-open-bound", "version-zero", "stages-missing",
      "step-unknown", "step-missing", "output-name-path", "files-is-list", "model-empty",
      "setting-missing", "layer-two-at-once", "seed-where-none-is-used", "enumeration-misspelt",
    ]
    for name in wrong {
      files["wrong-\(name).yaml"] = String(decoding: WrongSpec(name: name).bytes, as: UTF8.self)
    }
    let accepted = try #require(Self.run(Self.program, on: files)).split(separator: "\n").sorted()
    #expect(
      accepted == (["design.yaml"] + (1...10).map { "rich\($0).yaml" }).map { $0[...] }.sorted())
  }
}
