/// Reads expressions by recursive descent, one method for each level of precedence.
struct ExpressionParser {
  /// Deeper than anybody writes, and far from the end of the stack.
  private static let deepest = 60
  private static let longest = 10_000
  /// Each may stand within the one before: a chain is as deep as it is long.
  static let mostOperations = 200

  private let place: String
  private let parameters: Parameters
  private var tokens: [ExpressionToken]
  private var position = 0
  private var depth = 0
  private var operations = 0

  /// Reads a whole expression.
  ///
  /// - Parameters:
  ///   - text: The expression.
  ///   - place: Where it stands, for messages.
  ///   - parameters: What names stand for.
  /// - Returns: The tree.
  /// - Throws: ``VegaLiteError`` with what stands where something else was expected.
  static func expression(
    _ text: String, _ place: String, _ parameters: Parameters
  ) throws(VegaLiteError) -> Expression {
    guard text.utf8.count <= longest else {
      throw VegaLiteError(
        place, "has \(text.utf8.count) bytes; an expression has at most \(longest)")
    }
    var parser = ExpressionParser(
      place: place, parameters: parameters, tokens: try ExpressionToken.all(in: text, place))
    let expression = try parser.conditional()
    guard parser.position == parser.tokens.count else {
      throw parser.failure("goes on with “\(parser.tokens[parser.position].text)”")
    }
    return expression
  }

  private init(place: String, parameters: Parameters, tokens: [ExpressionToken]) {
    self.place = place
    self.parameters = parameters
    self.tokens = tokens
  }

  private func failure(_ words: String) -> VegaLiteError {
    VegaLiteError(place, "the expression \(words)")
  }

  private mutating func take(_ marks: [String]) -> String? {
    guard position < tokens.count, case .mark(let mark) = tokens[position], marks.contains(mark)
    else { return nil }
    position += 1
    return mark
  }

  /// Takes a mark that puts two values together.
  private mutating func operation(_ marks: [String]) throws(VegaLiteError) -> String? {
    guard let mark = take(marks) else { return nil }
    operations += 1
    guard operations <= Self.mostOperations else {
      throw failure("has more than \(Self.mostOperations) operations")
    }
    return mark
  }

  private mutating func need(_ mark: String) throws(VegaLiteError) {
    guard take([mark]) == nil else { return }
    throw failure(
      position < tokens.count
        ? "has “\(tokens[position].text)” where “\(mark)” was expected"
        : "ends where “\(mark)” was expected")
  }

  private mutating func conditional() throws(VegaLiteError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw failure("is nested more than \(Self.deepest) deep")
    }
    let test = try or()
    guard take(["?"]) != nil else { return test }
    let then = try conditional()
    try need(":")
    return .conditional(test, then: then, otherwise: try conditional())
  }

  private mutating func or() throws(VegaLiteError) -> Expression {
    var left = try and()
    while try operation(["||"]) != nil { left = .or(left, try and()) }
    return left
  }

  private mutating func and() throws(VegaLiteError) -> Expression {
    var left = try equality()
    while try operation(["&&"]) != nil { left = .and(left, try equality()) }
    return left
  }

  private mutating func equality() throws(VegaLiteError) -> Expression {
    var left = try relation()
    while let mark = try operation(["===", "!==", "==", "!="]) {
      left = .binary(.init(rawValue: mark) ?? .equal, left, try relation())
    }
    return left
  }

  private mutating func relation() throws(VegaLiteError) -> Expression {
    var left = try sum()
    while let mark = try operation(["<=", ">=", "<", ">"]) {
      left = .binary(.init(rawValue: mark) ?? .less, left, try sum())
    }
    return left
  }

  private mutating func sum() throws(VegaLiteError) -> Expression {
    var left = try product()
    while let mark = try operation(["+", "-"]) {
      left = .binary(mark == "+" ? .plus : .minus, left, try product())
    }
    return left
  }

  private mutating func product() throws(VegaLiteError) -> Expression {
    var left = try unary()
    while let mark = try operation(["*", "/", "%"]) {
      left = .binary(.init(rawValue: mark) ?? .times, left, try unary())
    }
    return left
  }

  private mutating func unary() throws(VegaLiteError) -> Expression {
    guard let mark = take(["-", "+", "!"]) else { return try member() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw failure("is nested more than \(Self.deepest) deep")
    }
    let inner = try unary()
    return mark == "-" ? .negated(inner) : mark == "+" ? .number(inner) : .not(inner)
  }

  private mutating func member() throws(VegaLiteError) -> Expression {
    var value = try primary()
    while let mark = try operation([".", "["]) {
      if mark == "[" {
        let place = try conditional()
        try need("]")
        value = .element(value, place)
      } else {
        value = .element(value, .constant(.text(try name())))
      }
    }
    return value
  }

  private mutating func name() throws(VegaLiteError) -> String {
    guard position < tokens.count, case .name(let name) = tokens[position] else {
      throw failure("lacks a name")
    }
    position += 1
    return name
  }

  private mutating func primary() throws(VegaLiteError) -> Expression {
    guard position < tokens.count else { throw failure("ends too early") }
    let token = tokens[position]
    position += 1
    switch token {
    case .number(let value): return .constant(.number(value))
    case .text(let text): return .constant(.text(text))
    case .mark("("):
      let inner = try conditional()
      try need(")")
      return inner
    case .mark("["): return .list(try list(until: "]"))
    case .mark(let mark): throw failure("has “\(mark)” where a value was expected")
    case .name("datum"): return try field()
    case .name(let name): return try named(name)
    }
  }

  private mutating func list(until end: String) throws(VegaLiteError) -> [Expression] {
    var elements: [Expression] = []
    if take([end]) != nil { return [] }
    repeat { elements.append(try conditional()) } while take([","]) != nil
    try need(end)
    return elements
  }

  /// What follows `datum`: the name of a column.
  private mutating func field() throws(VegaLiteError) -> Expression {
    switch take([".", "["]) {
    case ".": return .field(try name())
    case "[":
      guard position < tokens.count, case .text(let name) = tokens[position] else {
        throw failure("takes the name of a column in quotes after “datum[”")
      }
      position += 1
      try need("]")
      return .field(name)
    default: throw failure("uses datum as a whole; say datum.NAME or datum['NAME']")
    }
  }

  private static let constants: [String: Datum] = [
    "true": .boolean(true), "false": .boolean(false), "null": .null, "undefined": .null,
    "NaN": .number(.nan), "Infinity": .number(.infinity), "PI": .number(.pi),
    "E": .number(2.718281828459045), "LN2": .number(0.6931471805599453),
    "LN10": .number(2.302585092994046), "SQRT2": .number(1.4142135623730951),
    "MIN_VALUE": .number(.leastNonzeroMagnitude), "MAX_VALUE": .number(.greatestFiniteMagnitude),
  ]

  private mutating func named(_ name: String) throws(VegaLiteError) -> Expression {
    if take(["("]) != nil {
      let known = ExpressionFunction.allCases.map(\.rawValue)
      guard let function = ExpressionFunction(name: name) else {
        throw VegaLiteError(
          place, "the expression calls “\(name.prefix(40))”, which is not here", stranger: name,
          known: known)
      }
      let arguments = try list(until: ")")
      guard function.arity.contains(arguments.count) else {
        let (least, most) = (function.arity.lowerBound, function.arity.upperBound)
        throw failure(
          "gives \(name) \(arguments.count) arguments; it takes "
            + (least == most ? "\(least)" : "\(least) to \(most)"))
      }
      return .call(function, arguments)
    }
    if let value = parameters[name] { return .constant(value) }
    if let value = Self.constants[name] { return .constant(value) }
    throw VegaLiteError(
      place,
      "the expression has the name “\(name.prefix(40))”, which stands for nothing; a column is "
        + "datum.\(name.prefix(40))", stranger: name,
      known: Self.constants.keys.sorted() + parameters.names)
  }
}
