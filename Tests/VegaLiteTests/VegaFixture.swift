import Foundation

@testable import VegaLite

/// What Vega itself made of specifications (`Vega/make_vega_fixture.py`).
enum VegaFixture {
  struct TransformCase: Sendable, CustomStringConvertible {
    let table: DataTable
    let transform: JSONValue
    let fields: [String]
    let rows: [String]
    let description: String
  }

  struct MarkCase: Sendable, CustomStringConvertible {
    let table: DataTable
    let spec: JSONValue
    let marks: [(type: String, items: [[String: JSONValue]])]
    let description: String
  }

  static let lines: [(text: String, value: [String: JSONValue])] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Vega/vega.jsonl")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      (try? JSONDecoder().decode(JSONValue.self, from: Data(line.utf8)))?.members.map {
        (String(line), $0)
      }
    }
  }()

  private static let tables: [String: DataTable] = (lines.first?.value["tables"]?.members ?? [:])
    .mapValues(Self.table)

  static let row = table(.array([lines.first?.value["row"] ?? .null]))

  static let transforms: [TransformCase] = lines.compactMap { text, value in
    guard let one = value["transform"]?.members else { return nil }
    return TransformCase(
      table: tables[one["table"]?.text ?? ""] ?? row, transform: one["transform"] ?? .null,
      fields: (one["fields"]?.elements ?? []).compactMap(\.text),
      rows: (one["rows"]?.elements ?? []).compactMap(\.text), description: String(text.prefix(300)))
  }

  static let expressions: [(expression: String, value: String)] = lines.compactMap { _, value in
    value["expression"]?.members.map { ($0["expression"]?.text ?? "", $0["value"]?.text ?? "") }
  }

  static let marks = charts("mark")

  /// Charts with a selection that holds something.
  static let selections = charts("selection")

  struct MapCase: Sendable, CustomStringConvertible {
    let spec: JSONValue
    let shapes: [[Double]]
    let points: [[Double]]
    let description: String
  }

  static let maps: [MapCase] = lines.compactMap { text, value in
    guard let one = value["map"]?.members else { return nil }
    let numbers = { (name: String) in
      (one[name]?.elements ?? []).map { ($0.elements ?? []).map(\.datum.number) }
    }
    return MapCase(
      spec: one["spec"] ?? .null, shapes: numbers("shapes"), points: numbers("points"),
      description: String(text.prefix(120)))
  }

  private static func charts(_ kind: String) -> [MarkCase] {
    lines.compactMap { text, value in value[kind]?.members.map { chart($0, text) } }
  }

  private static func chart(_ one: [String: JSONValue], _ text: String) -> MarkCase {
    MarkCase(
      table: tables[one["table"]?.text ?? ""] ?? row, spec: one["spec"] ?? .null,
      marks: (one["marks"]?.elements ?? []).compactMap(\.members).map { mark in
        (mark["type"]?.text ?? "", (mark["items"]?.elements ?? []).compactMap(\.members))
      }, description: String(text.prefix(260)))
  }

  static func table(_ rows: JSONValue) -> DataTable {
    let rows = (rows.elements ?? []).compactMap(\.members)
    var table = DataTable(source: "table", rowCount: rows.count)
    for name in Set(rows.flatMap(\.keys)).sorted() {
      table[name] = rows.map { $0[name]?.datum ?? .null }
    }
    return table
  }

  static func json(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  /// Equal, or equal as numbers to nine digits.
  static func agree(_ ours: String, _ theirs: String) -> Bool {
    if ours == theirs { return true }
    guard let a = Double(ours), let b = Double(theirs) else { return false }
    return a == b || abs(a - b) <= 1e-9 * max(1, abs(a), abs(b)) || a.isNaN && b.isNaN
  }
}
