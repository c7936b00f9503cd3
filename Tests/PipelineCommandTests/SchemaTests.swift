import Foundation
import Programs
import Testing

/// `Documentation/schemas`, asked by an implementation of JSON Schema that is not ours.
struct SchemaOracle {
  static let python = "/usr/bin/python3"

  /// Whether Debian's `python3-jsonschema` is there.
  static let isPresent: Bool = {
    let script = "import jsonschema; jsonschema.Draft202012Validator"
    return (try? Program(python, ["-c", script], errors: .dropped).result())?.status == 0
  }()

  static let folder = DocumentationTests.root.appending(path: "Documentation/schemas")

  private var documents = Data()

  /// The schemas that documents have been checked against.
  private(set) var schemas: Set<String> = []

  /// Takes every line of a command's output for validation.
  mutating func add(_ schema: String, _ result: CommandResult, _ origin: String) throws {
    #expect(!result.events.isEmpty, "\(origin) printed no JSON: \(result.errors)")
    #expect(result.events.count == result.output.split(separator: "\n").count)
    for value in result.events { try add(schema, value, origin) }
  }

  mutating func add(_ schema: String, _ value: [String: Any], _ origin: String) throws {
    schemas.insert(schema)
    documents += try JSONSerialization.data(
      withJSONObject: ["schema": schema, "from": origin, "value": value])
    documents += Data("\n".utf8)
  }

  /// What does not conform, one sentence each.
  func complaints() throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try documents.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "validate.py")
    let result = try Program(
      Self.python, ["-W", "ignore", script.path, Self.folder.path], input: .file(file)
    ).result()
    #expect(result.status == 0)
    return result.text.split(separator: "\n").map(String.init)
  }
}

@Suite(
  "The machine-readable output",
  .enabled(if: SchemaOracle.isPresent, "python3-jsonschema is missing: Scripts/setup test"))
struct SchemaTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  @Test("is what its schema says, for every command and every state of a stage")
  func everyOutput() throws {
    var oracle = SchemaOracle()
    try addRuns(to: &oracle)
    try addQuestions(to: &oracle)
    try addProofs(to: &oracle)
    let complaints = try oracle.complaints()
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "; "))")
    let files = try FileManager.default.contentsOfDirectory(atPath: SchemaOracle.folder.path)
      .filter { $0.hasSuffix(".schema.json") }.map { String($0.dropLast(12)) }
    #expect(
      Set(files) == oracle.schemas.union(["common", "spec", "error"]),
      "a schema that nothing checks")
  }

  /// Runs that end in every way, and what can be asked about them.
  private func addRuns(to oracle: inout SchemaOracle) throws {
    func add(_ schema: String, _ arguments: [String], store: String = "store") throws {
      let result = try workshop.run(arguments + ["--json"], store: store)
      try oracle.add(schema, result, arguments.joined(separator: " "))
    }
    try add("status", ["status", "spec.yaml"])
    try oracle.add("run", try workshop.runPipeline(), "run")
    try oracle.add("run", try workshop.runPipeline(), "run of hits")
    let killed = try workshop.runPipeline(["--set", "train.epochs=40"]) { process, line in
      if line.contains(#""event":"checkpoint""#) { process.send(SIGKILL) }
    }
    try oracle.add("run", killed, "run that is killed")
    let longer = ["--set", "train.epochs=40"]
    try add("status", ["status", "spec.yaml"] + longer)
    try add("runs", ["runs"])
    try add("run", ["logs"])
    try add("run", ["logs", "--verbose"])
    try oracle.add("run", try workshop.runPipeline(longer), "run that resumes")
    var isAsked = false
    let stopped = try workshop.runPipeline(["--set", "train.epochs=50"]) { process, line in
      guard !isAsked, line.contains(#""event":"checkpoint""#) else { return }
      isAsked = true
      process.send(SIGINT)
    }
    try oracle.add("run", stopped, "run that is interrupted")
    try oracle.add(
      "run", try workshop.runPipeline(store: "other", mirror: "absent"), "run that fails")
    try add("note", ["note", "latest", "a \"note\"\nof two lines", "--tag", "best"])
    try add("show", ["show"])
    try add("runs", ["runs", "--sort", "accuracy"])
    let runs = try workshop.run(["runs", "--json", "--status", "ok"]).events.last?["runs"]
    let ids = (runs as? [[String: Any]] ?? []).compactMap { $0["run"] as? String }
    try add("compare", ["compare", ids[0], try #require(ids.last)])
    try add("report", ["report", ids[0], "-o", "a \"page\".html"])
    try add("export", ["export", ids[0], "--all", "-o", "out"])
    let record = try JSONSerialization.jsonObject(with: Data(workshop.bytes("out/run.json")))
    try oracle.add("run-record", try #require(record as? [String: Any]), "run.json")
    try add("predict", ["predict", ids[0], "mirror/test-images"])
  }

  /// What is asked about specs, stores and machines.
  private func addQuestions(to oracle: inout SchemaOracle) throws {
    func add(_ schema: String, _ arguments: [String]) throws {
      let result = try workshop.run(arguments + ["--json"])
      try oracle.add(schema, result, arguments.joined(separator: " "))
    }
    try add("check", ["check", "spec.yaml"])
    try add("check", ["check", "spec.yaml", "--set", "train.epocs=3", "--set", "a.b=c"])
    try add("dag", ["dag", "spec.yaml"])
    try add("status", ["run", "spec.yaml", "--dry-run", "--force", "train"])
    for change in ["train.epochs=3", "seed=8", "train.model=[flatten, {linear: 3}]"] {
      try add("explain", ["explain", "spec.yaml", "train", "--set", change])
      try add("explain", ["explain", "spec.yaml", "evaluate", "--set", change])
    }
    try add("explain", ["explain", "spec.yaml", "train"])
    try add("doctor", ["doctor"])
    try add("init", ["init", "fresh"])
  }

  /// What is proved, and damage that is found and mended.
  private func addProofs(to oracle: inout SchemaOracle) throws {
    func add(_ schema: String, _ arguments: [String]) throws {
      let result = try workshop.run(arguments + ["--json"])
      try oracle.add(schema, result, arguments.joined(separator: " "))
    }
    let proved = try workshop.runPipeline(["--tag", "proved"])
    try add("verify", ["verify", "proved"])
    try add("fsck", ["fsck"])
    let hex = try #require(proved.digests["train/model.safetensors"]).dropFirst(7)
    let object = workshop.folder.appending(path: "store/objects/sha256/\(hex.prefix(2))/\(hex)")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: object.path)
    let file = try FileHandle(forWritingTo: object)
    try file.write(contentsOf: Data([0xff]))
    try file.close()
    try add("fsck", ["fsck"])
    try add("verify", ["verify", "proved"])
    try add("fsck", ["fsck", "--repair"])
  }

  @Test("would be refused with a member too many, too few, or of another type")
  func oracleCanFail() throws {
    let result = try workshop.run(["dag", "spec.yaml", "--json"])
    let good = try #require(result.events.last)
    var documents = [good]
    documents[0]["surprise"] = 1
    documents.append(good)
    documents[1]["edges"] = nil
    documents.append(good)
    documents[2]["name"] = 7
    documents.append(good)
    documents[3]["schema"] = "pipeline.dag/2"
    for document in documents {
      var oracle = SchemaOracle()
      try oracle.add("dag", document, "changed")
      #expect(try oracle.complaints().count == 1)
    }
  }
}
