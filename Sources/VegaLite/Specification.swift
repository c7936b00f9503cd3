/// A Vega-Lite specification (vega.github.io/vega-lite, version 5), read as data.
///
/// Drawn are views of one mark, layers, facets, repeated and concatenated views over tables, with transforms, expressions,
/// scales and conditions. What needs a network or chance that differs each time is not; whatever is not understood is
/// refused with its place. Nothing of a specification runs: expressions are trees that are evaluated here, in time bounded
/// by rows × length.
public struct Specification: Sendable {
  /// The column that tells revisions, or runs, apart.
  public static let revision = "rev"

  let view: View
  /// The parameters with a control of their own, which a reader of a page may choose.
  public let controls: [Control]
  /// The parameters that something depends on.
  let dependencies: Set<String>
  public let title: String?
  /// Whether anything of it depends on the column of revisions.
  public let knowsRevisions: Bool

  /// Reads a specification.
  ///
  /// - Parameters:
  ///   - value: The whole, as JSON.
  ///   - setting: Values of parameters other than those that the specification gives them, by name.
  /// - Throws: ``VegaLiteError`` with the place of what cannot be drawn.
  public init(
    _ value: JSONValue, setting: [String: ParameterSetting] = [:]
  ) throws(VegaLiteError) {
    let whole = try SpecObject(value, path: "")
    let reader = try ParameterReader(whole, setting: setting)
    controls = reader.controls
    view = try ViewReader(parameters: reader.parameters).view(whole)
    switch view {
    case .layered(let panel): title = panel.title
    case .facet(let facet): title = facet.title
    case .concat(_, _, let said): title = said
    }
    knowsRevisions = Self.mentions(value)
    dependencies = Self.dependencies(of: value)
  }

  private static func mentions(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): text == revision || text.contains("datum.\(revision)")
    case .array(let elements): elements.contains { mentions($0) }
    case .object(let members): members.values.contains { mentions($0) }
    default: false
    }
  }

  /// The names after `param` and `selection`.
  private static func dependencies(of value: JSONValue) -> Set<String> {
    switch value {
    case .array(let elements):
      return elements.reduce(into: []) { $0.formUnion(dependencies(of: $1)) }
    case .object(let members):
      var names = members.values.reduce(into: Set<String>()) {
        $0.formUnion(dependencies(of: $1))
      }
      for word in ["param", "selection"] {
        if case .string(let name)? = members[word] { names.insert(name) }
      }
      return names
    default: return []
    }
  }

  /// Draws it over a table.
  ///
  /// - Parameters:
  ///   - table: The rows.
  ///   - revisions: Which colour of the palette each revision has; others take theirs in turn.
  /// - Returns: Marks in panels; the same for the same specification and table, on any machine.
  /// - Throws: ``VegaLiteError`` for a column that is not there, or for more than can be drawn.
  /// - Complexity: Rows × layers for most; a sort where there is one.
  public func scene(
    over table: DataTable, revisions: [String: Int] = [:]
  ) throws(VegaLiteError) -> Scene {
    try SceneBuilder.scene(of: view, over: table, revisions: revisions)
  }

  /// The one mark that it draws in one panel, if no more.
  var unit: UnitView? {
    guard case .layered(let panel) = view, panel.units.count == 1 else { return nil }
    return panel.units[0]
  }
}
