extension Expression {
  private static let comparisons = ["equal", "lt", "lte", "gt", "gte", "range", "oneOf", "valid"]

  /// Reads what a filter or a test says: a text, or an object with `field` and one comparison, with `and`, `or`, `not`,
  /// or with the name of a parameter.
  static func predicate(
    _ value: JSONValue, _ place: String, _ parameters: Parameters
  ) throws(VegaLiteError) -> Expression {
    try predicate(value, place, parameters, depth: 0)
  }

  private static func predicate(
    _ value: JSONValue, _ place: String, _ parameters: Parameters, depth: Int
  ) throws(VegaLiteError) -> Expression {
    guard depth < 8 else { throw VegaLiteError(place, "is nested more than 8 deep") }
    if case .string(let text) = value {
      return try ExpressionParser.expression(text, place, parameters)
    }
    let own = try SpecObject(value, path: place)
    if let operand = own["not"] {
      try own.allow(["not"])
      return .not(try predicate(operand, own.place("not"), parameters, depth: depth + 1))
    }
    for name in ["and", "or"] {
      guard let value = own[name] else { continue }
      try own.allow([name])
      guard let operands = value.elements else { throw own.failure(name, "must be a list") }
      guard operands.count <= ExpressionParser.mostOperations else {
        throw own.failure(name, "has more than \(ExpressionParser.mostOperations) conditions")
      }
      var result = Expression.constant(.boolean(name == "and"))
      for (index, operand) in operands.enumerated() {
        let one = try predicate(
          operand, "\(own.place(name)).\(index)", parameters, depth: depth + 1)
        result = name == "and" ? .and(result, one) : .or(result, one)
      }
      return result
    }
    if own.has("param") || own.has("selection") { return try selected(own, parameters) }
    return try comparison(own, parameters)
  }

  private static func selected(
    _ own: SpecObject, _ parameters: Parameters
  ) throws(VegaLiteError) -> Expression {
    let word = own.has("param") ? "param" : "selection"
    try own.allow([word, "empty"])
    let name = try own.needText(word)
    let empty: Bool? = own["empty"] == .string("none") ? false : try own.boolean("empty")
    guard let predicate = parameters.predicate(of: name, empty: empty) else {
      throw VegaLiteError(
        own.place(word), "there is no parameter “\(name.prefix(40))”", stranger: name,
        known: parameters.names)
    }
    return predicate
  }

  private static func comparison(
    _ own: SpecObject, _ parameters: Parameters
  ) throws(VegaLiteError) -> Expression {
    let given = comparisons.filter(own.has)
    guard given.count == 1 else {
      try own.allow(["field", "timeUnit", "and", "or", "not", "param", "empty"] + comparisons)
      throw VegaLiteError(
        own.path, "takes field and one of \(comparisons.joined(separator: ", "))")
    }
    try own.allow(["field", "timeUnit", given[0]])
    var field = Expression.field(try own.needText("field"))
    if let unit = try own.choice("timeUnit", TimeUnit.names).flatMap({ TimeUnit($0) }) {
      guard let function = unit.function else {
        throw own.failure(
          "timeUnit", "compares by year, quarter, month, date, day, hours or minutes")
      }
      field = .call(function, [field])
    }
    let number = Expression.number(field)
    switch given[0] {
    case "valid":
      let isValid = Expression.and(
        .call(.isValid, [field]), .not(.call(.isNaN, [field])))
      return try own.boolean("valid") == false ? .not(isValid) : isValid
    case "oneOf":
      guard case .array(let all)? = own["oneOf"] else {
        throw own.failure("oneOf", "must be a list")
      }
      return .binary(
        .atLeast, .call(.indexof, [.constant(.list(all.map(\.datum))), field]),
        .constant(.number(0)))
    case "range":
      guard let ends = own["range"]?.elements, ends.count == 2 else {
        throw own.failure("range", "must be a list of two")
      }
      var result = Expression.call(.isValid, [field])
      if ends[0] != .null {
        result = .and(result, .binary(.atLeast, number, .constant(ends[0].datum)))
      }
      if ends[1] != .null {
        result = .and(result, .binary(.atMost, number, .constant(ends[1].datum)))
      }
      return result
    case "equal":
      return .binary(.equal, field, .constant(try own.constant("equal", parameters) ?? .null))
    default:
      let operation: Operation =
        switch given[0] {
        case "lt": .less
        case "lte": .atMost
        case "gt": .greater
        default: .atLeast
        }
      return .binary(
        operation, field, .constant(try own.constant(given[0], parameters) ?? .null))
    }
  }
}
