public import VegaLite

/// A chart after a Vega-Lite specification, over rows of a run.
public struct Graphic: Sendable, Hashable {
  /// The specification as it was read, which tells two graphics apart.
  public let specification: JSONValue
  public let table: DataTable
  /// What is drawn, for each choice of the parameters that a reader may change; the first is the usual one.
  let variants: [Variant]
  let controls: [Control]

  /// A scene with what was chosen, by the places of choices.
  struct Variant {
    var choice: [Int]
    var scene: Scene
  }

  /// The most scenes of one graphic by controls, and with selections.
  private static let (mostVariants, mostScenes) = (16, 40)
  /// The most marks of all its scenes that selections make: a page has an end.
  private static let mostSelectedMarks = 6000

  private let knowsRevisions: Bool

  /// Reads a specification and draws it.
  ///
  /// - Parameters:
  ///   - specification: The whole, anchors of other tools replaced.
  ///   - table: The rows.
  /// - Throws: `VegaLiteError` with the place of what cannot be drawn.
  public init(specification: JSONValue, table: DataTable) throws(VegaLiteError) {
    try self.init(specification: specification, table: table, revisions: [:])
  }

  private init(
    specification: JSONValue, table: DataTable, revisions: [String: Int]
  ) throws(VegaLiteError) {
    self.specification = specification
    self.table = table
    let parsed = try Specification(specification)
    knowsRevisions = parsed.knowsRevisions
    // As many of them as there are pictures for.
    var controls: [Control] = []
    var count = 1
    for control in parsed.controls where count * control.choices.count <= Self.mostVariants {
      controls.append(control)
      count *= control.choices.count
    }
    let first = try parsed.scene(over: table, revisions: revisions)
    let marks = first.panels.reduce(0) { $0 + $1.marks.count }
    let scenes = min(Self.mostScenes, Self.mostSelectedMarks / max(marks, 1))
    controls += try parsed.selections(over: table, atMost: scenes / count)
    self.controls = controls
    var variants: [Variant] = []
    for choice in Self.choices(controls) {
      var setting: [String: ParameterSetting] = [:]
      for (control, place) in zip(controls, choice) {
        // Where views share a selection it holds what was selected in one of them.
        if let value = control.choices[place].value { setting[control.name] = value }
      }
      let isFirst = variants.isEmpty && setting.values.allSatisfy { !$0.isSelected }
      let scene =
        isFirst
        ? first
        : try Specification(specification, setting: setting)
          .scene(over: table, revisions: revisions)
      variants.append(Variant(choice: choice, scene: scene))
    }
    self.variants = variants
  }

  /// Every choice, the usual one first; of selections at most one is other than usual, as the page keeps it.
  private static func choices(_ controls: [Control]) -> [[Int]] {
    let usual = controls.map(\.usual)
    let all = controls.reduce([[]] as [[Int]]) { found, control in
      guard control.selection != nil else {
        return found.flatMap { one in control.choices.indices.map { one + [$0] } }
      }
      return found.flatMap { one -> [[Int]] in
        let isOther = zip(one, controls).contains { $1.selection != nil && $0 != $1.usual }
        return (isOther ? [control.usual] : Array(control.choices.indices)).map { one + [$0] }
      }
    }
    return [usual] + all.filter { $0 != usual }
  }

  /// The title that the specification has.
  public var title: String? { variants[0].scene.title }

  /// Whether several runs can be drawn as one graphic: it tells revisions apart.
  var knowsRuns: Bool { knowsRevisions }

  /// The rows of several runs in one graphic of the same specification.
  ///
  /// - Parameter runs: Each with the name that its rows get in the column of revisions, and with its colour.
  /// - Returns: Nothing where the rows together are more than can be drawn.
  func joined(_ runs: [(name: String, style: Int, table: DataTable)]) -> Graphic? {
    let tables = runs.map { $0.table.with(Specification.revision, $0.name) }
    let styles = Dictionary(
      runs.map { ($0.name, $0.style) }, uniquingKeysWith: { first, _ in first })
    return try? Graphic(
      specification: specification, table: .joined(tables), revisions: styles)
  }

  public static func == (left: Graphic, right: Graphic) -> Bool {
    left.specification == right.specification && left.table == right.table
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(specification)
    hasher.combine(table)
  }
}
