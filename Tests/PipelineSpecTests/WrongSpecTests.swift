import Foundation
import Pipeline
import Steps
import Settings
import Testing

@testable import PipelineSpec

/// A wrong spec on disk: `NAME.yaml`, its overrides in `NAME.set`, and its messages in `NAME.txt`.
struct WrongSpec: CustomTestStringConvertible, Sendable {
  let name: String

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("WrongSpecs")

  static let all: [WrongSpec] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted().map { WrongSpec(name: String($0.dropLast(5))) }

  var testDescription: String { name }

  var bytes: [UInt8] { (try? Data(contentsOf: url("yaml"))).map { Array($0) } ?? [] }

  var overrides: [String] {
    (try? String(contentsOf: url("set"), encoding: .utf8))
      .map { $0.split(separator: "\n").map(String.init) } ?? []
  }

  func url(_ ending: String) -> URL { Self.folder.appendingPathComponent("\(name).\(ending)") }

  /// The error of reading this spec.
  func error() -> SpecError? {
    do throws(SpecError) {
      _ = try SpecParser(catalog: StepLibrary.catalog.schemas).parse(
        bytes, file: "\(name).yaml", overrides: overrides)
      return nil
    } catch { return error }
  }
}

/// The messages for people.
///
/// `UPDATE_EXPECTED=1 swift test` writes them anew; read the difference.
@Suite("Every wrong spec")
struct WrongSpecTests {
  @Test("is answered with the messages beside it", arguments: WrongSpec.all)
  func messages(of spec: WrongSpec) throws {
    let error = try #require(spec.error(), "the spec is accepted")
    let rendered = error.rendered(color: false) + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] != nil {
      try Data(rendered.utf8).write(to: spec.url("txt"))
    }
    let expected = try String(contentsOf: spec.url("txt"), encoding: .utf8)
    #expect(rendered == expected)
  }

  @Test("is one of at least sixty")
  func count() { #expect(WrongSpec.all.count >= 60) }

  @Test("gets messages fit for a person and a terminal", arguments: WrongSpec.all)
  func lint(of spec: WrongSpec) throws {
    let error = try #require(spec.error())
    let text = error.rendered(color: false)
    for word in [
      "Optional(", "Error Domain", "SpecNode", "FieldType", "Swift", "Yams", "libyaml", "nil",
      "scanner", "token", "fatal", "not YAML",
    ] {
      #expect(!text.contains(word), "“\(word)” is no word for users")
    }
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7f })
    #expect(error.diagnostics.count <= SpecLimits.diagnostics)
    #expect(error.count >= error.diagnostics.count)
    for diagnostic in error.diagnostics {
      #expect(diagnostic.message.count >= 10)
      #expect(!diagnostic.message.hasSuffix("."))
      #expect(diagnostic.notes.allSatisfy { !$0.isEmpty })
    }
  }

  @Test("is shown at a place inside the file", arguments: WrongSpec.all)
  func places(of spec: WrongSpec) throws {
    let lines = spec.bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for diagnostic in try #require(spec.error()).diagnostics {
      let location = try #require(diagnostic.location)
      if location.isOverride {
        #expect(spec.overrides.contains { location.file == "--set \($0)" })
        #expect(location.line == 1)
      } else {
        #expect(location.file == "\(spec.name).yaml")
        #expect((1...max(lines.count, 1)).contains(location.line))
      }
      #expect(location.column >= 1)
    }
  }

  @Test("is refused within a second", arguments: WrongSpec.all)
  func speed(of spec: WrongSpec) {
    let clock = ContinuousClock()
    // The least of three: other work on the machine only ever adds.
    let least = (0..<3).map { _ in clock.measure { _ = spec.error() } }.min() ?? .zero
    #expect(least < .seconds(1))
  }

  @Test("has the same words in colour", arguments: WrongSpec.all)
  func color(of spec: WrongSpec) throws {
    let error = try #require(spec.error())
    let plain = error.rendered(color: true).replacing(/\u{1b}\[[0-9;]*m/, with: "")
    #expect(plain == error.rendered(color: false))
  }
}
