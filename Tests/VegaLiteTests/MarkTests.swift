import Testing

@testable import VegaLite

@Suite("Marks")
struct MarkTests {
  /// A mark by its kind and its numbers, in parts of the field.
  private struct Shape: CustomStringConvertible {
    var kind: String
    var numbers: [Double]
    var text = ""

    var description: String {
      "\(kind) \(numbers.map { Double(Int(($0 * 10_000).rounded())) / 10_000 }) \(text)"
    }

    /// Two pixels of a thousand: Vega moves edges by half a pixel and parts of a histogram by one.
    ///
    /// How broad a box or a stroke is, is a matter of looks.
    func isLike(_ other: Shape, breadthCounts: Bool) -> Bool {
      if !breadthCounts, kind == "box", other.kind == "box" {
        return abs(numbers[0] + numbers[2] - other.numbers[0] - other.numbers[2]) < 0.005
          && abs(numbers[1] - other.numbers[1]) < 0.0025
          && abs(numbers[3] - other.numbers[3]) < 0.0025
      }
      return isLike(other)
    }

    private func isLike(_ other: Shape) -> Bool {
      kind == other.kind && text == other.text && numbers.count == other.numbers.count
        && zip(numbers, other.numbers).allSatisfy { abs($0 - $1) < 0.0025 }
    }
  }

  private static func box(_ a: Mark.Point, _ b: Mark.Point) -> [Double] {
    [min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)]
  }

  private static func ours(_ mark: Mark) -> [Shape] {
    switch mark.form {
    case .line(let pieces):
      pieces.map { .init(kind: "line", numbers: $0.flatMap { [$0.x, $0.y] }) }
    case .area(let pieces):
      pieces.map { .init(kind: "area", numbers: $0.flatMap { [$0.x, $0.y] }) }
    case .rectangle(let from, let to), .rule(let from, let to):
      [.init(kind: "box", numbers: box(from, to))]
    case .symbol(let point, _, _): [.init(kind: "symbol", numbers: [point.x, point.y])]
    case .tick(let point, _, _): [.init(kind: "tick", numbers: [point.x, point.y])]
    case .text(let point, let text, _, _, _, _):
      [.init(kind: "text", numbers: [point.x, point.y], text: text)]
    case .image(let point, let width, let height, _):
      [.init(kind: "image", numbers: [point.x - width / 2000, point.y + height / 2000])]
    case .arc(let from, let to, _, _):
      [.init(kind: "arc", numbers: [min(from, to), max(from, to)])]
    }
  }

  private static func theirs(_ type: String, _ items: [[String: JSONValue]]) -> [Shape] {
    let number = { (item: [String: JSONValue], name: String) in
      if case .number(let value)? = item[name] { value } else { 0.0 }
    }
    let point = { (item: [String: JSONValue], x: String, y: String) in
      Mark.Point(number(item, x) / 1000, 1 - number(item, y) / 1000)
    }
    switch type {
    case "line":
      return [
        .init(
          kind: "line", numbers: items.flatMap { [point($0, "x", "y").x, point($0, "x", "y").y] })
      ]
    case "area":
      let upper = items.map { point($0, "x", "y") }
      let lower = items.reversed().map { point($0, "x", "y2") }
      return [.init(kind: "area", numbers: (upper + lower).flatMap { [$0.x, $0.y] })]
    case "rect":
      return items.map { item in
        let from = point(item, "x", "y")
        let to = Mark.Point(
          from.x + number(item, "width") / 1000, from.y - number(item, "height") / 1000)
        return .init(kind: "box", numbers: box(from, to))
      }
    case "rule":
      return items.map { item in
        let from = point(item, "x", "y")
        return .init(
          kind: "box",
          numbers: box(
            from,
            .init(
              item["x2"] == nil ? from.x : number(item, "x2") / 1000,
              item["y2"] == nil ? from.y : 1 - number(item, "y2") / 1000)))
      }
    case "text":
      return items.map { item in
        let at = point(item, "x", "y")
        return .init(kind: "text", numbers: [at.x, at.y], text: item["text"]?.text ?? "")
      }
    case "arc":
      return items.map { item in
        let ends = [number(item, "startAngle"), number(item, "endAngle")].map { $0 / (2 * .pi) }
        return .init(kind: "arc", numbers: ends.sorted())
      }
    default:
      return items.map {
        .init(kind: type, numbers: [point($0, "x", "y").x, point($0, "x", "y").y])
      }
    }
  }

  /// A line that no row decides is drawn once here, and by Vega once for each row.
  private static func once(_ shapes: [Shape]) -> [Shape] {
    var drawn: Set<String> = []
    return shapes.filter { $0.kind != "box" || drawn.insert($0.description).inserted }
  }

  @Test("stand where Vega puts them", arguments: VegaFixture.marks)
  func places(one: VegaFixture.MarkCase) throws {
    try compare(Specification(one.spec).scene(over: one.table), with: one)
  }

  @Test("show what a selection holds, as Vega does", arguments: VegaFixture.selections)
  func selected(one: VegaFixture.MarkCase) throws {
    let control = try #require(
      Specification(one.spec).selections(over: one.table, atMost: 40).first)
    #expect(control.usual > 0)
    let held = try #require(control.choices[control.usual].value)
    let whole = try Specification(one.spec, setting: [control.name: held])
    var scene = try whole.scene(over: one.table)
    // Vega begins a stretch of names without the width of their bands.
    if control.name == "names" { scene.panels[0].marks.removeAll { $0.colour == .muted } }
    try compare(scene, with: one)
  }

  private func compare(_ scene: Scene, with one: VegaFixture.MarkCase) throws {
    var ours = Self.once(scene.panels.flatMap(\.marks).flatMap(Self.ours))
    var lost: [Shape] = []
    // Vega writes a missing number as text; here nothing is written.
    let expected = Self.once(one.marks.flatMap { Self.theirs($0.type, $0.items) }).filter {
      $0.text != "null" && !$0.numbers.isEmpty
    }
    let isBoxes = one.spec.members?["mark"]?.members?["type"] == .string("boxplot")
    for shape in expected {
      if let index = ours.firstIndex(where: { shape.isLike($0, breadthCounts: !isBoxes) }) {
        ours.remove(at: index)
      } else {
        lost.append(shape)
      }
    }
    #expect(lost.isEmpty && ours.isEmpty, "lost \(lost.prefix(4)), too many \(ours.prefix(4))")
    #expect(!expected.isEmpty)
  }
}
