/// A view for each of several columns, as views beside or over one another.
enum Repetition {
  static func expanded(_ own: SpecObject) throws(VegaLiteError) -> SpecObject {
    var members = own.members
    members["repeat"] = nil
    members["spec"] = nil
    members["columns"] = nil
    guard let spec = own["spec"] else { throw own.failure("spec", "is missing") }
    let limit = ViewReader.mostViews
    if own["repeat"]?.elements != nil {
      let names = try own.texts("repeat") ?? []
      guard names.count <= limit else {
        throw own.failure("repeat", "makes more than \(limit) views")
      }
      members["concat"] = .array(names.map { replaced(spec, ["repeat": $0]) })
      members["columns"] = own["columns"]
      return try SpecObject(.object(members), path: own.path)
    }
    let inner = try own.object("repeat")
    try inner.allow(["row", "column", "layer"])
    if let names = try inner.texts("layer") {
      guard names.count <= limit else {
        throw inner.failure("layer", "makes more than \(limit) layers")
      }
      members["layer"] = .array(names.map { replaced(spec, ["layer": $0]) })
      return try SpecObject(.object(members), path: own.path)
    }
    let rows = try inner.texts("row") ?? [""]
    let columns = try inner.texts("column") ?? [""]
    guard rows.count * columns.count <= limit else {
      throw own.failure("repeat", "makes more than \(limit) views")
    }
    members["concat"] = .array(
      rows.flatMap { row in columns.map { replaced(spec, ["row": row, "column": $0]) } })
    members["columns"] = .number(Double(columns.count))
    return try SpecObject(.object(members), path: own.path)
  }

  /// Puts names of columns in the place of `{"repeat": "row"}`.
  private static func replaced(_ value: JSONValue, _ names: [String: String]) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map { replaced($0, names) })
    case .object(let members):
      if members.count == 1, case .string(let word)? = members["repeat"], let name = names[word] {
        return .string(name)
      }
      var result = members.mapValues { replaced($0, names) }
      // The name of a layer as a value of the data.
      if case .object(let datum)? = members["datum"], case .string(let word)? = datum["repeat"],
        let name = names[word]
      {
        result["datum"] = .string(name)
      }
      return .object(result)
    default: return value
    }
  }
}
