import Foundation
import Testing

@Suite("The command line")
struct CommandLineTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  @Test("answers a wrong spec with every mistake at its place")
  func wrongSpec() throws {
    let spec = try workshop.spec()
      .replacingOccurrences(of: "epochs: 6", with: "epocs: 6")
      .replacingOccurrences(of: "prepare/dataset.h5", with: "prepare/data.h5")
    try workshop.write(Array(spec.utf8), "spec.yaml")
    let lines = spec.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("epocs") }) + 1
    let result = try workshop.run(["check", "spec.yaml"])
    #expect(result.status == 78)
    #expect(result.errors.contains("spec.yaml:\(line):5"))
    #expect(result.errors.contains("epochs"))
    #expect(result.errors.contains("dataset.h5"))
    #expect(try workshop.run(["run", "spec.yaml"]).status == 78)
  }

  @Test("names the layer that does not fit, with its line and the shapes")
  func wrongShape() throws {
    let spec = try workshop.spec().replacingOccurrences(of: "[flatten, ", with: "[")
    try workshop.write(Array(spec.utf8), "spec.yaml")
    let result = try workshop.runPipeline()
    #expect(result.status == 78)
    #expect(result.errors.contains("spec.yaml:"))
    #expect(result.errors.contains("1×6×6"))
  }

  /// A command line, and the exit code that is promised for it.
  struct Case: Sendable {
    let arguments: [String]
    let status: Int32

    init(_ line: String, _ status: Int32) {
      arguments = line.split(separator: " ").map(String.init)
      self.status = status
    }
  }

  static let cases = [
    Case("run", 64), Case("run --bogus", 64), Case("run absent.yaml", 78),
    Case("run spec.yaml --threads 0", 64), Case("run spec.yaml --isa v9", 64),
    Case("run spec.yaml --to nothing", 64), Case("show nothing", 64),
    Case("run spec.yaml --require-cached", 1), Case("compare latest", 64),
    Case("--version", 0), Case("--help", 0), Case("check spec.yaml", 0),
  ]

  @Test("ends with the documented code", arguments: cases)
  func exitCodes(example: Case) throws {
    let arguments = example.arguments
    let isGlobal = arguments[0].hasPrefix("--")
    let result =
      try isGlobal
      ? CommandRun(arguments: arguments, folder: workshop.folder).result()
      : workshop.run(arguments)
    #expect(result.status == example.status, "\(result.errors)")
    #expect(!result.errors.contains("Fatal") && !result.errors.contains("Optional("))
  }

  @Test("reaches its program from any folder through a short name")
  func specLookup() throws {
    let folder = workshop.folder.appending(path: "pipelines")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: workshop.folder.appending(path: "spec.yaml"), to: folder.appending(path: "named.yaml"))
    #expect(try workshop.run(["check", "named.yaml"]).status == 0)
    #expect(try workshop.run(["check", "named"]).status == 0)
  }

  @Test("lists, shows, reports and compares runs")
  func looking() throws {
    _ = try workshop.run(
      ["run", "spec.yaml", "--offline", "--mirror", "mirror", "--tag", "baseline"])
    _ = try workshop.runPipeline(["--set", "train.optimizer.adam.learning_rate=0.02"])
    let runs = try workshop.run(["runs", "--json"])
    #expect((runs.events.last?["runs"] as? [Any])?.count == 2)
    let shown = try workshop.run(["show", "baseline", "--json"])
    #expect(shown.states["train"] == "ran")
    let report = try workshop.run(["report", "latest", "-o", "page.html"])
    #expect(report.status == 0, "\(report.errors)")
    let page = String(decoding: try workshop.bytes("page.html"), as: UTF8.self)
    #expect(page.contains("Tiny") && page.contains("<svg"))
    let compared = try workshop.run(["compare", "baseline", "latest", "-o", "compare.html"])
    #expect(compared.status == 0, "\(compared.errors)")
    let comparison = String(decoding: try workshop.bytes("compare.html"), as: UTF8.self)
    #expect(comparison.contains("learning_rate"))
    #expect(try workshop.run(["compare", "baseline", "latest", "--exit-code"]).status == 1)
    #expect(try workshop.run(["compare", "baseline", "baseline", "--exit-code"]).status == 0)
  }

  @Test("writes a report artifact that knows nothing of time, machine or run")
  func reportArtifact() throws {
    let one = try workshop.runPipeline(store: "one")
    let two = try workshop.runPipeline(["--threads", "1"], store: "two")
    #expect(one.digests["report/report.html"] == two.digests["report/report.html"])
    let id = try #require(one.events.last?["run"] as? String)
    let page = String(
      decoding: try workshop.bytes("one/runs/\(id)/report.html"), as: UTF8.self)
    #expect(page.contains(id))
  }
}
