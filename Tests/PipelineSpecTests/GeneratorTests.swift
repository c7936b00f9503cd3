import Foundation
import Pipeline
import Steps
import Settings
import Testing

@testable import PipelineSpec

@Suite("What is generated from a catalog")
struct GeneratorTests {
  private static let catalog = StepLibrary.catalog.schemas

  private static func expected(_ name: String) -> URL {
    WrongSpec.folder.appendingPathComponent("../../../Documentation/\(name)").standardizedFileURL
  }

  /// Compares with the file; `UPDATE_EXPECTED=1 swift test` writes it anew.
  private func compare(_ text: String, with name: String) throws {
    let url = Self.expected(name)
    if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] != nil {
      try Data(text.utf8).write(to: url)
    }
    #expect(try text == String(contentsOf: url, encoding: .utf8))
  }

  @Test("is the reference of the documentation")
  func reference() throws {
    let page = SpecReferenceGenerator(catalog: Self.catalog).generate()
    #expect(page == SpecReferenceGenerator(catalog: Self.catalog).generate())
    try compare(page, with: "SpecReference.md")
  }

  @Test("is a reference whose links lead to its headings, each of which stands once")
  func links() throws {
    let page = SpecReferenceGenerator(catalog: Self.catalog).generate()
    let headings = page.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      line.drop { $0 == "#" || $0 == " " }.lowercased().replacing(" ", with: "-")
        .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }
    #expect(Set(headings).count == headings.count)
    let links = page.matches(of: /\]\(#([^)]*)\)/).map { String($0.1) }
    #expect(links.count > 10)
    for link in links { #expect(headings.contains(link), "\(link)") }
  }

  /// Adam and SGD begin with learning rates of their own.
  @Test("says of alternatives together only what holds for each")
  func sharedSettings() throws {
    func choice(_ name: String, rate: Double) -> Choice {
      Choice(
        name,
        fields: [
          Field(
            "rate", .number(.any), .defaults(to: .number(rate)), summary: "The size of a step."),
          Field("decay", .number(.any), .defaults(to: .number(0.5)), summary: "The decay."),
        ], summary: "An optimizer.")
    }
    var page = SpecReferenceGenerator.Page(catalog: Self.catalog)
    page.type(
      .choice([choice("slow", rate: 0.25), choice("fast", rate: 2)]), title: "t", heading: 4)
    let (shared, own) = try #require(page.text.firstRange(of: "**`slow`**")).split(page.text)
    #expect(shared.contains("`decay`") && !shared.contains("`rate`"))
    #expect(own.contains("| `rate` | a number | `0.25` |"))
    #expect(own.contains("| `rate` | a number | `2` |"))
  }

  @Test("names every step, setting, alternative and summary in the reference")
  func completeness() throws {
    let page = SpecReferenceGenerator(catalog: Self.catalog).generate()
    func check(_ fields: [Field]) {
      for field in fields {
        #expect(page.contains("\(field.name)` |"), "\(field.name)")
        #expect(page.contains(field.summary), "\(field.name)")
        check(field.type)
      }
    }
    func check(_ type: FieldType) {
      switch type {
      case .record(let fields): check(fields)
      case .list(let element, _), .map(_, let element): check(element)
      case .choice(let choices):
        for choice in choices {
          #expect(page.contains("**`\(choice.name)`**"))
          #expect(page.contains(choice.summary))
          check(choice.fields)
        }
      default: break
      }
    }
    for step in Self.catalog.steps {
      #expect(page.contains("### `\(step.kind)`\n\n\(step.summary)\n"))
      check(step.fields)
    }
    for type in Self.catalog.types.values { check(type) }
  }

  @Test("is the JSON Schema that is kept beside this test, and is JSON")
  func schema() throws {
    let schema = JSONSchemaGenerator(catalog: Self.catalog).generate()
    try compare(schema, with: "schemas/spec.schema.json")
    let object = try JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any]
    #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let definitions = try #require(object?["$defs"] as? [String: Any])
    for reference in schema.matches(of: /"\$ref": "#\/\$defs\/([^"]*)"/) {
      #expect(definitions[String(reference.1)] != nil, "\(reference.1)")
    }
    for step in Self.catalog.steps { #expect(definitions["step-\(step.kind)"] != nil) }
  }

  @Test("finds nothing wrong with the catalog itself")
  func problems() { #expect(Self.catalog.problems() == []) }

  @Test("finds what is wrong with a catalog")
  func badCatalog() {
    let catalog = SchemaCatalog(steps: [
      StepSchema(
        kind: "a b", version: 0, summary: "No full stop",
        fields: [
          Field("seed", .integer(0...Int.max), summary: "One."),
          Field("x", .integer(1...3), .defaults(to: 4), summary: "Two."),
          Field("x", .named("nothing"), summary: "Three."),
          Field("y.z", .number(.closed(2, 1)), summary: "Four.\nFive."),
        ], outputs: .keys(of: "x"), usesSeed: true)
    ])
    let problems = catalog.problems()
    for part in [
      "no name", "begins at 1", "one sentence", "taken", "beyond ±", "default is wrong",
      "occurs twice", "no type nothing", "without dots", "range is empty", "cannot name outputs",
    ] {
      #expect(problems.contains { $0.contains(part) }, "\(part) in \(problems)")
    }
  }
}

extension Range<String.Index> {
  /// What stands in a text before this range, and the rest.
  fileprivate func split(_ text: String) -> (before: Substring, rest: Substring) {
    (text[..<lowerBound], text[lowerBound...])
  }
}
