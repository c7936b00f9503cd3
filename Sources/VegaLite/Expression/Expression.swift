/// An expression of Vega over the row `datum`: the part of JavaScript that has no effects.
///
/// It is a tree of values; evaluating it visits each node once, runs no code of the specification and
/// terminates.
indirect enum Expression: Sendable, Hashable {
  enum Operation: String, Sendable, Hashable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case remainder = "%"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
    case same = "==="
    case notSame = "!=="
  }

  case constant(Datum)
  /// The value of the row in a column.
  case field(String)
  case negated(Expression)
  case number(Expression)
  case not(Expression)
  case binary(Operation, Expression, Expression)
  case and(Expression, Expression)
  case or(Expression, Expression)
  case conditional(Expression, then: Expression, otherwise: Expression)
  case list([Expression])
  case element(Expression, Expression)
  case call(ExpressionFunction, [Expression])

  /// The columns that it reads.
  var fields: [String] {
    switch self {
    case .constant: []
    case .field(let name): [name]
    case .negated(let one), .number(let one), .not(let one): one.fields
    case .binary(_, let one, let other), .and(let one, let other), .or(let one, let other),
      .element(let one, let other):
      one.fields + other.fields
    case .conditional(let test, let then, let otherwise):
      test.fields + then.fields + otherwise.fields
    case .list(let all), .call(_, let all): all.flatMap(\.fields)
    }
  }
}
