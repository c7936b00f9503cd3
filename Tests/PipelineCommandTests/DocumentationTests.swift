import Foundation
import Testing

/// The generated pages; `UPDATE_EXPECTED=1 swift test --filter DocumentationTests` writes them.
@Suite("The documentation")
struct DocumentationTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let pages = [
    ("Documentation/SpecReference.md", "--markdown"),
    ("Documentation/schemas/spec.schema.json", "--json-schema"),
    ("Documentation/CommandLine.md", "--commands"),
  ]

  @Test("is what the program says of itself", arguments: pages)
  func isFresh(path: String, option: String) throws {
    let result = try CommandRun(arguments: ["reference", option]).result()
    #expect(result.status == 0, "\(result.errors)")
    let page = Self.root.appending(path: path)
    if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] != nil {
      try Data(result.output.utf8).write(to: page)
    }
    let written = try String(contentsOf: page, encoding: .utf8)
    #expect(written == result.output, "\(path) is stale: pipeline reference \(option) > \(path)")
  }

  @Test("rests on schemas without problems")
  func schemas() throws {
    let result = try CommandRun(arguments: ["reference", "--problems"]).result()
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
  }

  @Test("has specs that are valid, every one in pipelines/")
  func specs() throws {
    let folder = Self.root.appending(path: "pipelines")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    #expect(names.count >= 2)
    for name in names {
      let result = try CommandRun(
        arguments: ["check", folder.appending(path: name).path]).result()
      #expect(result.status == 0, "\(name): \(result.errors)")
    }
  }
}
