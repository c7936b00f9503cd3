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

  /// The most scenes of one graphic.
  private static let mostVariants = 16

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
    let usual = controls.map(\.usual)
    var variants = [
      Variant(choice: usual, scene: try parsed.scene(over: table, revisions: revisions))
    ]
    for choice in Self.choices(controls) where choice != usual {
      var setting: [String: Datum] = [:]
      for (control, place) in zip(controls, choice) {
        setting[control.name] = control.choices[place].value
      }
      variants.append(
        Variant(
          choice: choice,
          scene: try Specification(specification, setting: setting)
            .scene(over: table, revisions: revisions)))
    }
    self.controls = controls
    self.variants = variants
  }

  private static func choices(_ controls: [Control]) -> [[Int]] {
    controls.reduce([[]]) { found, control in
      found.flatMap { one in control.choices.indices.map { one + [$0] } }
    }
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
