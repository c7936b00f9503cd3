import Foundation
import Testing

/// The specs in pipelines/, as somebody meets them who has just cloned the project.
@Suite("The specs in pipelines/")
struct PipelinesTests {
  static let names: [String] = {
    let folder = DocumentationTests.root.appending(path: "pipelines")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  /// Where the spec of CIFAR-10 looks for what its first lines tell to unpack: one record in each file.
  private func writeCIFAR(to folder: URL) throws {
    let data = folder.appending(path: "data/cifar-10-batches-bin")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    for name in (1...5).map({ "data_batch_\($0)" }) + ["test_batch"] {
      try Data(repeating: 1, count: 3073).write(to: data.appending(path: "\(name).bin"))
    }
  }

  @Test("are planned whole, from the first stage to the report", arguments: names)
  func dryRun(name: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeCIFAR(to: folder)
    let spec = DocumentationTests.root.appending(path: "pipelines/\(name).yaml").path
    let result = try CommandRun(
      arguments: ["run", spec, "--dry-run", "--json", "--offline", "--store", "store"],
      folder: folder
    ).result()
    #expect(result.status == 0, "\(result.errors)")
    let states = result.states
    #expect(states[name == "cifar10-resnet" ? "prepare" : "download"] == "run")
    for stage in ["train", "evaluate", "report"] {
      #expect(states[stage] == "depends", "\(stage): \(states)")
    }
    let made = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(made == ["data"], "a dry run makes nothing: \(made)")
  }

  @Test("say in their first lines how to run them", arguments: names)
  func comments(name: String) throws {
    let text = try String(
      contentsOf: DocumentationTests.root.appending(path: "pipelines/\(name).yaml"),
      encoding: .utf8)
    #expect(text.hasPrefix("# "))
    #expect(text.contains("pipeline run \(name).yaml"), "\(name)")
  }
}
