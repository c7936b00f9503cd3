import Testing

@testable import VegaLite

@Suite("A malformed specification")
struct MalformedSpecificationTests {
  /// Every value within a value, with the way to it.
  private static func paths(_ value: JSONValue, _ path: [String] = []) -> [[String]] {
    switch value {
    case .array(let elements):
      [path] + elements.enumerated().flatMap { paths($0.element, path + ["\($0.offset)"]) }
    case .object(let members):
      [path] + members.keys.sorted().flatMap { paths(members[$0] ?? .null, path + [$0]) }
    default: [path]
    }
  }

  private static func replaced(
    _ value: JSONValue, _ path: ArraySlice<String>, by other: JSONValue?
  ) -> JSONValue {
    guard let first = path.first else { return other ?? .null }
    switch value {
    case .array(var elements):
      guard let index = Int(first), elements.indices.contains(index) else { return value }
      if path.count == 1, other == nil {
        elements.remove(at: index)
      } else {
        elements[index] = replaced(elements[index], path.dropFirst(), by: other)
      }
      return .array(elements)
    case .object(var members):
      members[first] =
        path.count == 1 && other == nil
        ? nil : replaced(members[first] ?? .null, path.dropFirst(), by: other)
      return .object(members)
    default: return value
    }
  }

  private static func value(_ value: JSONValue, at path: [String]) -> JSONValue {
    path.reduce(value) { value, step in
      value.members?[step] ?? value.elements?[Int(step) ?? 0] ?? .null
    }
  }

  /// What stands in any of the specifications, and what should stand nowhere.
  private static let parts: [JSONValue] = {
    let charts = VegaFixture.marks + VegaFixture.selections
    let strange: [JSONValue] = [
      .null, .boolean(true), .number(-1), .number(0), .number(1e300), .number(.nan), .string(""),
      .string("v"), .string("datum.v + 1"), .array([]), .object([:]), .array([.null, .number(2)]),
      .object(["expr": .string("1/0")]), .object(["field": .string("k")]),
    ]
    return strange
      + (charts.map(\.spec) + VegaFixture.transforms.map(\.transform)
      + VegaFixture.maps.map(\.spec)).flatMap { spec in
        paths(spec).dropFirst().map { value(spec, at: $0) }
      }
  }()

  @Test("is drawn or refused, whatever part of it is exchanged for another", arguments: 0..<8)
  func exchanged(part: Int) {
    var stream = FixedStream(seed: "exchanged \(part)")
    let index = { (count: Int) in min(Int(stream.next() * Double(count)), count - 1) }
    let wholes =
      VegaFixture.marks.map { ($0.table, $0.spec) }
      + VegaFixture.selections.map { ($0.table, $0.spec) }
      + VegaFixture.maps.map { (VegaFixture.row, $0.spec) }
      + VegaFixture.transforms.map { one in
        (
          one.table,
          JSONValue.object([
            "transform": one.transform, "mark": .string("point"),
            "encoding": .object(["x": .object(["field": .string(one.fields[0])])]),
          ])
        )
      }
    var (drawn, refused) = (0, 0)
    for _ in 0..<1500 {
      let (table, whole) = wholes[index(wholes.count)]
      var spec = whole
      for _ in 0...index(3) {
        let paths = Array(Self.paths(spec).dropFirst())
        guard !paths.isEmpty else { break }
        let path = paths[index(paths.count)]
        let other = index(6) == 0 ? nil : Self.parts[index(Self.parts.count)]
        spec = Self.replaced(spec, path[...], by: other)
      }
      do {
        let specification = try Specification(spec)
        _ = try specification.plainChart(over: table)
        let scene = try specification.scene(over: table)
        for control in try specification.selections(over: table, atMost: 6) {
          guard let choice = control.choices.last?.value else { continue }
          _ = try Specification(spec, setting: [control.name: choice]).scene(over: table)
        }
        for mark in scene.panels.flatMap(\.marks) {
          if case .rectangle(let from, let to) = mark.form {
            let isFinite = [from.x, from.y, to.x, to.y].allSatisfy { $0.isFinite }
            #expect(isFinite)
          }
          if case .area(let outlines) = mark.form, scene.panels[0].mapRatio != nil {
            let isFinite = outlines.joined().allSatisfy { $0.x.isFinite && $0.y.isFinite }
            #expect(isFinite)
          }
        }
        drawn += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(drawn > 20 && refused > 20, "\(drawn) drawn, \(refused) refused")
  }
}
