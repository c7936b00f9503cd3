/// Boxes and bars of error, written out as layers of plain marks.
enum CompositeMark {
  /// The layers of a composite mark; `nil` for a plain one.
  static func expanded(
    _ own: SpecObject, _ encoding: [String: JSONValue]
  ) throws(VegaLiteError) -> SpecObject? {
    var type = own["mark"]
    var mark = try SpecObject(.object([:]), path: own.place("mark"))
    if case .object? = own["mark"] {
      mark = try own.object("mark")
      type = mark["type"]
    }
    guard case .string(let name)? = type,
      let kind = MarkDefinition.Composite(rawValue: name)
    else { return nil }
    let whole = try SpecObject(.object(encoding), path: own.place("encoding"))
    let axis = try measured(whole)
    let field = try whole.object(axis)
    if encoding[axis + "2"] != nil, kind != .boxplot {
      let plain = kind == .errorband ? band : rule
      return try SpecObject(
        .object(["layer": .array([.object(["mark": plain, "encoding": .object(encoding)])])]),
        path: own.path)
    }
    var shared = encoding
    shared[axis] = nil
    shared["tooltip"] = nil
    let parts = Parts(
      axis: axis, name: try field.needText("field"), definition: field.members, shared: shared,
      groups: try groups(shared, own))
    let layers =
      kind == .boxplot
      ? try boxes(parts, mark) : try errors(parts, mark, isBand: kind == .errorband)
    return try SpecObject(.object(["layer": .array(layers)]), path: own.path)
  }

  private struct Parts {
    let axis: String
    let name: String
    let definition: [String: JSONValue]
    let shared: [String: JSONValue]
    let groups: [JSONValue]

    /// A layer between two columns, or at one.
    func layer(
      _ mark: JSONValue, _ transforms: [JSONValue], _ from: String, _ to: String? = nil,
      isColoured: Bool = true
    ) -> JSONValue {
      var encoding = shared
      var value = definition
      value["field"] = .string(from)
      value["type"] = .string("quantitative")
      value["aggregate"] = nil
      if value["title"] == nil, value["axis"] == nil { value["title"] = .string(name) }
      var scale = value["scale"]?.members ?? [:]
      if scale["zero"] == nil { scale["zero"] = .boolean(false) }
      value["scale"] = .object(scale)
      encoding[axis] = .object(value)
      if let to { encoding[axis + "2"] = .object(["field": .string(to)]) }
      if !isColoured { encoding["color"] = nil }
      return .object([
        "mark": mark, "transform": .array(transforms), "encoding": .object(encoding),
      ])
    }

    func aggregate(_ operations: [(String, String, String)], joined: Bool = false) -> JSONValue {
      .object([
        joined ? "joinaggregate" : "aggregate": .array(
          operations.map { operation, field, name in
            .object([
              "op": .string(operation), "field": .string(field), "as": .string(name),
            ])
          }), "groupby": .array(groups),
      ])
    }
  }

  private static let band = JSONValue.object(["type": .string("area"), "opacity": .number(0.3)])
  private static let rule = JSONValue.object(["type": .string("rule")])

  /// The axis that is measured: the quantitative one, y of two.
  private static func measured(_ whole: SpecObject) throws(VegaLiteError) -> String {
    for axis in ["y", "x"] {
      guard let own = try whole.optionalObject(axis) else { continue }
      if own["type"] == .string("quantitative"), own["bin"] == nil { return axis }
    }
    throw VegaLiteError(whole.path, "needs a quantitative channel x or y to measure")
  }

  private static func groups(
    _ shared: [String: JSONValue], _ own: SpecObject
  ) throws(VegaLiteError) -> [JSONValue] {
    var groups: [JSONValue] = []
    for name in shared.keys.sorted() {
      let all = shared[name]?.elements ?? [shared[name] ?? .null]
      for members in all.compactMap(\.members) {
        guard members["timeUnit"] == nil,
          members["bin"] == nil || members["bin"] == .string("binned")
        else {
          throw own.failure(
            "encoding.\(name)",
            "is parted by itself in this mark; make the column by a transform timeUnit or bin")
        }
        if let field = members["field"], !groups.contains(field) { groups.append(field) }
      }
    }
    return groups
  }

  private static func boxes(
    _ parts: Parts, _ mark: SpecObject
  ) throws(VegaLiteError) -> [JSONValue] {
    let v = parts.name
    let quartiles = [("q1", v, "box_q1"), ("median", v, "box_median"), ("q3", v, "box_q3")]
    let box = parts.layer(
      .object(["type": .string("bar"), "opacity": .number(0.45)]), [parts.aggregate(quartiles)],
      "box_q1", "box_q3")
    let median = parts.layer(
      .object(["type": .string("tick"), "color": .string("black")]),
      [parts.aggregate(quartiles)], "box_median", isColoured: false)
    if mark["extent"] == .string("min-max") {
      let ends = parts.aggregate(quartiles + [("min", v, "box_low"), ("max", v, "box_high")])
      return [
        parts.layer(rule, [ends], "box_low", "box_q1"),
        parts.layer(rule, [ends], "box_q3", "box_high"), box, median,
      ]
    }
    let reach = try mark.number("extent", Parameters()) ?? 1.5
    let joined = parts.aggregate(quartiles, joined: true)
    let span = "(datum.box_q3 - datum.box_q1) * \(Datum.text(of: reach))"
    let value = "datum['\(v.replacing("'", with: "\\'"))']"
    let inside =
      "\(value) >= datum.box_q1 - \(span) && \(value) <= datum.box_q3 + \(span)"
    let whiskers = parts.aggregate([
      ("min", v, "box_low"), ("max", v, "box_high"), ("min", "box_q1", "box_q1"),
      ("max", "box_q3", "box_q3"),
    ])
    let within: [JSONValue] = [joined, .object(["filter": .string(inside)]), whiskers]
    return [
      parts.layer(rule, within, "box_low", "box_q1"),
      parts.layer(rule, within, "box_q3", "box_high"), box, median,
      parts.layer(
        .object(["type": .string("point")]),
        [joined, .object(["filter": .string("!(\(inside))")])],
        v),
    ]
  }

  private static func errors(
    _ parts: Parts, _ mark: SpecObject, isBand: Bool
  ) throws(VegaLiteError) -> [JSONValue] {
    let extent = try mark.choice("extent", ["stderr", "stdev", "iqr", "ci"]) ?? "stderr"
    let v = parts.name
    let plain = isBand ? band : rule
    if extent == "iqr" || extent == "ci" {
      let ends = extent == "iqr" ? ("q1", "q3") : ("ci0", "ci1")
      return [
        parts.layer(
          plain, [parts.aggregate([(ends.0, v, "error_low"), (ends.1, v, "error_high")])],
          "error_low", "error_high")
      ]
    }
    let transforms: [JSONValue] = [
      parts.aggregate([("mean", v, "error_mean"), (extent, v, "error_extent")]),
      .object([
        "calculate": .string("datum.error_mean - datum.error_extent"), "as": .string("error_low"),
      ]),
      .object([
        "calculate": .string("datum.error_mean + datum.error_extent"), "as": .string("error_high"),
      ]),
    ]
    return [parts.layer(plain, transforms, "error_low", "error_high")]
  }
}
