import Foundation
import Testing

/// Slips of somebody who is new here: each answer names what was meant, or where to look.
@Suite("A slip on the way")
struct SlipTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  private func expect(
    _ status: Int32, _ arguments: [String], says parts: String..., store: String = "store"
  ) throws {
    let result = try workshop.run(arguments, store: store)
    #expect(result.status == status, "\(arguments)")
    for part in parts {
      #expect(
        result.errors.contains(part), "\(arguments.joined(separator: " ")): \(result.errors)")
    }
    #expect(!result.errors.contains("Optional("))
  }

  @Test("in the name of a command, an option or a spec")
  func words() throws {
    let help = try CommandRun(arguments: ["help", "rnu"]).result()
    #expect(help.status == 64 && help.errors.contains("did you mean “run”"))
    for (words, part) in [
      (["--hlep"], "did you mean “--help”"), (["version"], "pipeline --version"),
      (["--json", "run"], "follow its name"), (["resume", "x.yaml"], "`pipeline run` resumes"),
      (["gc"], "cannot be cleaned up yet"),
    ] {
      let result = try CommandRun(arguments: words, folder: workshop.folder).result()
      #expect(result.status == 64 && result.errors.contains(part), "\(result.errors)")
    }
    try expect(64, ["run"], says: "'<spec>': spec.yaml", "Usage: pipeline run [<options>] <spec>")
    try expect(78, ["run", "spce.yaml"], says: "did you mean spec.yaml?")
    try expect(78, ["check", "spec.yml"], says: "did you mean spec.yaml?")
    try expect(78, ["run", "mirror"], says: "mirror is a folder; name a spec")
    try expect(64, ["explain", "spec.yaml"], says: "name a stage of spec.yaml: download, prepare")
    try expect(
      64, ["run", "spec.yaml", "--dryrun"], says: "unknown option '--dryrun'", "--dry-run")
  }

  @Test("in the name of a run, a metric, a stage or a tag")
  func runs() throws {
    let run = try workshop.runPipeline()
    #expect(run.status == 0)
    try expect(64, ["runs", "--sort", "acuracy"], says: "did you mean “accuracy”?")
    try expect(64, ["runs", "--name", "tniy"], says: "did you mean “tiny”?")
    try expect(64, ["runs", "--status", "faild"], says: "did you mean “failed”?")
    try expect(64, ["runs", "--limit=0"], says: "--limit takes a number of at least 1")
    try expect(0, ["runs", "--status", "failed"], says: "none of the 1 runs")
    try expect(64, ["verify", "spec.yaml"], says: "is a spec", "give `latest`")
    try expect(74, ["run", "spec.yaml"], says: "A store is a folder", store: "spec.yaml")
    try expect(64, ["verify", "latest", "--stage", "trian"], says: "did you mean “train”?")
    // Before the work, not after it.
    try expect(
      64, ["run", "spec.yaml", "--tag", "a b"], says: "“a b” cannot be a name", store: "x")
    try expect(64, ["run", "spec.yaml", "--tag", "latest"], says: "newest run", store: "x")
    #expect(!FileManager.default.fileExists(atPath: workshop.folder.appending(path: "x").path))
  }

  @Test("in the name of a file")
  func files() throws {
    let run = try workshop.runPipeline()
    #expect(run.status == 0)
    try expect(
      64, ["predict", "latest", "mirror/tets-images"], says: "did you mean mirror/test-images?")
    try expect(64, ["predict", "latest", "mirror"], says: "mirror is a folder")
    try workshop.write(Array("hello".utf8), "text")
    try expect(
      65, ["predict", "text", "mirror/test-images"], says: "text: the model cannot be used")
    let export = ["export", "latest", "train/model.safetensors", "-o", "no/such/m"]
    try expect(73, export, says: "cannot write no/such/m: there is no folder no/such")
    try expect(73, ["report", "-o", "no/page.html"], says: "there is no folder no")
  }

  /// A spec over files of one's own, with one of them replaced.
  private func own(_ old: String = "?", _ new: String = "", extra: String = "") -> [UInt8] {
    Array(
      """
      version: 1
      name: own
      seed: 1
      stages:
        prepare:
          step: prepare
          format: idx
          train: {images: ./mirror/train-images, labels: ./mirror/train-labels}
          test: {images: ./mirror/test-images, labels: ./mirror/test-labels}
      \(extra)
      """.replacingOccurrences(of: old, with: new).utf8)
  }

  @Test("in the data, which is reported with the setting, its location and the file")
  func data() throws {
    func expect(_ status: Int32, _ spec: [UInt8], says parts: String...) throws {
      try workshop.write(spec, "own.yaml")
      let result = try workshop.run(["run", "own.yaml"])
      #expect(result.status == status)
      for part in parts { #expect(result.errors.contains(part), "\(part): \(result.errors)") }
    }
    try expect(
      78, own("train-images", "trian-images"), says: "own.yaml:8:21: ./mirror/trian-images",
      "does not exist; did you mean ./mirror/train-images?")
    try expect(78, own("./mirror/train-images", "~/images"), says: "write the whole path")
    try workshop.write(own("train-images", "trian-images"), "own.yaml")
    let note = try workshop.run(["check", "own.yaml"])
    #expect(note.status == 0 && note.errors.contains("./mirror/trian-images"))
    try expect(
      78, own("./mirror/train-images", "./mirror"), says: "is a folder, not a file", "OwnData.md")
    try expect(
      65, own("./mirror/train-images", "./own.yaml"), says: "not an IDX file")
    // The labels of the other split are not to blame, though they have the same content.
    try expect(
      65, own("train-labels", "test-labels"),
      says: "`test.labels` (./mirror/test-labels) and `train.labels` (./mirror/test-labels)",
      "240 images but 60 labels")
    try expect(
      65, own(extra: "    class_names: [left, right]"),
      says: "`train.labels` (./mirror/train-labels)", "has the label 2",
      "`class_names` has 2 names")
    var labels = try workshop.bytes("mirror/train-labels")
    labels[100] = 77
    try workshop.write(labels, "mirror/slip")
    try expect(
      0, own("train-labels", "slip"),
      says: "the labels go up to 77, but only 4 of these 78 classes")
  }
}
