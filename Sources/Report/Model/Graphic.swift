public import VegaLite

/// A chart after a Vega-Lite specification, over rows of a run.
public struct Graphic: Sendable, Hashable {
  /// The specification as it was read, which tells two graphics apart.
  public let specification: JSONValue
  public let table: DataTable
  /// What is drawn.
  let scene: Scene

  private let parsed: Specification

  /// Reads a specification and draws it.
  ///
  /// - Parameters:
  ///   - specification: The whole, anchors of other tools replaced.
  ///   - table: The rows.
  /// - Throws: `VegaLiteError` with the place of what cannot be drawn.
  public init(specification: JSONValue, table: DataTable) throws(VegaLiteError) {
    let parsed = try Specification(specification)
    self.init(
      specification: specification, parsed: parsed, table: table,
      scene: try parsed.scene(over: table))
  }

  private init(
    specification: JSONValue, parsed: Specification, table: DataTable, scene: Scene
  ) {
    self.specification = specification
    self.parsed = parsed
    self.table = table
    self.scene = scene
  }

  /// The title that the specification has.
  public var title: String? { scene.title }

  /// Whether several runs can be drawn as one graphic: it tells revisions apart.
  var knowsRuns: Bool { parsed.knowsRevisions }

  /// The rows of several runs in one graphic of the same specification.
  ///
  /// - Parameter runs: Each with the name that its rows get in the column of revisions, and with its colour.
  /// - Returns: Nothing where the rows together are more than can be drawn.
  func joined(_ runs: [(name: String, style: Int, table: DataTable)]) -> Graphic? {
    let tables = runs.map { $0.table.with(Specification.revision, $0.name) }
    let styles = Dictionary(
      runs.map { ($0.name, $0.style) }, uniquingKeysWith: { first, _ in first })
    let whole = DataTable.joined(tables)
    guard let scene = try? parsed.scene(over: whole, revisions: styles) else { return nil }
    return Graphic(specification: specification, parsed: parsed, table: whole, scene: scene)
  }

  public static func == (left: Graphic, right: Graphic) -> Bool {
    left.specification == right.specification && left.table == right.table
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(specification)
    hasher.combine(table)
  }
}
