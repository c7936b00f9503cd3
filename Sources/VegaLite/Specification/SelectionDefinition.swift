/// A selection as one view has it: what its reader points at, and which columns that stands for.
struct SelectionDefinition: Sendable {
  enum Kind: Sendable {
    /// Rows with the same values in columns as the mark that is pointed at.
    case values(columns: [String])
    /// Rows within a stretch of one axis or of two.
    case stretch([Channel])
  }

  let name: String
  /// The name and the view: repeated views have selections of one name.
  let id: String
  let kind: Kind
  /// What it holds before anybody points, as it is written.
  let initial: JSONValue?
  /// What it holds now.
  var selected: Selected?

  private static let members = [
    "type", "encodings", "fields", "on", "clear", "toggle", "nearest", "mark", "resolve",
    "translate", "zoom", "empty", "init", "bind", "value",
  ]

  /// Reads a parameter with `select`; `nil` for one that zooms, that follows the pointer from point to point, or that
  /// names no columns.
  init?(_ own: SpecObject, of unit: UnitView) throws(VegaLiteError) {
    var members: [String: JSONValue] = [:]
    if case .string? = own["select"] {
      members["type"] = own["select"]
    } else {
      members = try own.object("select").members
    }
    let select = try SpecObject(.object(members), path: own.place("select"))
    try select.allow(Self.members)
    name = try own.needText("name")
    id = "\(name) in \(unit.place)"
    initial = own["value"] ?? select["init"]
    let type = try select.choice("type", ["interval", "point", "single", "multi"])
    let encodings = try select.texts("encodings") ?? []
    let zooms = own["bind"] == .string("scales") || select["bind"] == .string("scales")
    guard !zooms, select["nearest"] != .boolean(true) else { return nil }
    if type == "interval" {
      let axes = [Channel.x, .y].filter { axis in
        guard encodings.isEmpty || encodings.contains(axis.rawValue),
          let field = unit[axis]?.field
        else { return false }
        return field.name != nil && field.aggregate == nil && field.timeUnit == nil
      }
      guard !axes.isEmpty else { return nil }
      kind = .stretch(axes)
    } else {
      var columns = try select.texts("fields") ?? []
      for encoding in encodings {
        guard let channel = Channel(rawValue: encoding), let field = unit[channel]?.field,
          let column = field.name, field.aggregate == nil, field.bins == nil,
          field.timeUnit == nil
        else { return nil }
        columns.append(column)
      }
      guard !columns.isEmpty else { return nil }
      kind = .values(columns: columns)
    }
  }

  /// What tells combinations of values apart.
  static func key(_ values: [Datum]) -> String { values.map(\.key).joined(separator: "\u{1e}") }
}
