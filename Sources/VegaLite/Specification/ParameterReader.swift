/// The parameters of a specification and of the views in it.
struct ParameterReader {
  private(set) var parameters = Parameters()
  /// What a reader of the page may choose.
  private(set) var controls: [Control] = []
  /// What was chosen.
  private let setting: [String: ParameterSetting]

  init(_ whole: SpecObject, setting: [String: ParameterSetting]) throws(VegaLiteError) {
    self.setting = setting
    try collect(whole, depth: 0)
  }

  private func selected(_ name: String) -> Selected? {
    if case .selected(let held)? = setting[name] { held } else { nil }
  }

  private mutating func collect(_ own: SpecObject, depth: Int) throws(VegaLiteError) {
    guard depth < 20 else { throw VegaLiteError(own.path, "is nested more than 20 deep") }
    for one in try own.objects("params") {
      try one.allow(["name", "value", "expr", "bind", "select", "views", "description"])
      let name = try one.needText("name")
      if one.has("select") {
        parameters.select(name, isEmptyEverything: true, selected(name))
      } else if one.has("expr") {
        let expression = try ExpressionParser.expression(
          try one.needText("expr"), one.place("expr"), parameters)
        guard expression.fields.isEmpty else {
          throw one.failure("expr", "cannot depend on a row")
        }
        parameters.set(name, expression.constantValue)
      } else {
        let value = one["value"]?.datum ?? .null
        if case .value(let chosen)? = setting[name] {
          parameters.set(name, chosen)
        } else {
          parameters.set(name, value)
        }
        if let control = try Control(one, name, value),
          !controls.contains(where: { $0.name == name })
        {
          controls.append(control)
        }
      }
    }
    // As version 4 of the language has it.
    if let selections = try own.optionalObject("selection") {
      for name in selections.members.keys.sorted() {
        let one = try selections.object(name)
        parameters.select(
          name, isEmptyEverything: one["empty"] != .string("none"), selected(name))
      }
    }
    for word in ["layer", "hconcat", "vconcat", "concat"] {
      guard own[word]?.elements != nil else { continue }
      for one in try own.objects(word) { try collect(one, depth: depth + 1) }
    }
    if let spec = try own.optionalObject("spec") {
      try collect(spec, depth: depth + 1)
    }
  }
}
