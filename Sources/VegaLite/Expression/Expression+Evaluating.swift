extension Expression {
  /// What stands in one row, and the stream of its random numbers.
  struct Row {
    let columns: [String: [Datum]]
    var index: Int
    var random: FixedStream

    subscript(name: String) -> Datum { columns[name]?[index] ?? .null }
  }

  /// The value in each row of a table.
  ///
  /// A column that the table lacks is an error, since a misspelt name would otherwise give nothing at all.
  func values(
    in table: DataTable, _ place: String, optional: Set<String> = []
  ) throws(VegaLiteError) -> [Datum] {
    var columns: [String: [Datum]] = [:]
    for field in fields where columns[field] == nil {
      columns[field] =
        optional.contains(field) ? table[field] : try table.column(field, place)
    }
    var row = Row(columns: columns, index: 0, random: FixedStream(seed: place))
    return (0..<table.rowCount).map { index in
      row.index = index
      return value(&row)
    }
  }

  /// The value without a row: of constants and parameters.
  var constantValue: Datum {
    var row = Row(columns: [:], index: 0, random: FixedStream(seed: ""))
    return value(&row)
  }

  func value(_ row: inout Row) -> Datum {
    switch self {
    case .constant(let value): return value
    case .field(let name): return row[name]
    case .negated(let one): return .number(-one.value(&row).number)
    case .number(let one): return .number(one.value(&row).number)
    case .not(let one): return .boolean(!one.value(&row).truth)
    case .and(let one, let other):
      let first = one.value(&row)
      return first.truth ? other.value(&row) : first
    case .or(let one, let other):
      let first = one.value(&row)
      return first.truth ? first : other.value(&row)
    case .conditional(let test, let then, let otherwise):
      return test.value(&row).truth ? then.value(&row) : otherwise.value(&row)
    case .binary(let operation, let one, let other):
      let first = one.value(&row)
      return Self.apply(operation, first, other.value(&row))
    case .list(let elements): return .list(elements.map { $0.value(&row) })
    case .element(let one, let place):
      let whole = one.value(&row)
      return Self.element(of: whole, place.value(&row))
    case .call(let function, let arguments):
      if function == .random { return .number(row.random.next()) }
      if function == .if {
        return arguments[arguments[0].value(&row).truth ? 1 : 2].value(&row)
      }
      return function.value(of: arguments.map { $0.value(&row) })
    }
  }

  private static func element(of whole: Datum, _ place: Datum) -> Datum {
    switch (whole, place) {
    case (.list(let elements), .text("length")): return .number(Double(elements.count))
    case (.text(let text), .text("length")): return .number(Double(text.utf16.count))
    case (.list(let elements), _):
      guard let index = Int(exactly: place.number), elements.indices.contains(index) else {
        return .null
      }
      return elements[index]
    case (.text(let text), _):
      guard let index = Int(exactly: place.number), (0..<text.count).contains(index) else {
        return .null
      }
      return .text(String(text[text.index(text.startIndex, offsetBy: index)]))
    default: return .null
    }
  }

  private static func apply(_ operation: Operation, _ left: Datum, _ right: Datum) -> Datum {
    switch operation {
    case .plus:
      if left.isWritten || right.isWritten { return .text(left.text + right.text) }
      return .number(left.number + right.number)
    case .minus: return .number(left.number - right.number)
    case .times: return .number(left.number * right.number)
    case .divided: return .number(left.number / right.number)
    case .remainder: return .number(left.number.truncatingRemainder(dividingBy: right.number))
    case .less: return .boolean(compare(left, right, <, <))
    case .atMost: return .boolean(compare(left, right, <=, <=))
    case .greater: return .boolean(compare(left, right, >, >))
    case .atLeast: return .boolean(compare(left, right, >=, >=))
    case .equal: return .boolean(isEqual(left, right))
    case .unequal: return .boolean(!isEqual(left, right))
    case .same: return .boolean(left == right)
    case .notSame: return .boolean(left != right)
    }
  }

  private static func compare(
    _ left: Datum, _ right: Datum, _ numbers: (Double, Double) -> Bool,
    _ texts: (String, String) -> Bool
  ) -> Bool {
    if case .text(let a) = left, case .text(let b) = right { return texts(a, b) }
    return numbers(left.number, right.number)
  }

  /// Equal as `==` finds it: a number and a text by number, what is missing only to itself.
  static func isEqual(_ left: Datum, _ right: Datum) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.null, _), (_, .null): false
    case (.text(let a), .text(let b)): a == b
    case (.list, _), (_, .list): left.text == right.text
    default: left.number == right.number
    }
  }
}

extension Datum {
  /// Whether `+` joins it as a text.
  fileprivate var isWritten: Bool {
    switch self {
    case .text, .list: true
    default: false
    }
  }
}

/// Numbers in [0, 1) that are the same each time: a chart is a function of its data.
///
/// A counter through the finalizer of MurmurHash3 (Appleby), begun from the place in the specification.
struct FixedStream: Sendable, Hashable {
  private var state: UInt64

  init(seed: String) {
    state = seed.utf8.reduce(0x9e37_79b9_7f4a_7c15) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 33)) &* 0xff51_afd7_ed55_8ccd
    bits = (bits ^ (bits >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    bits ^= bits >> 33
    return Double(bits >> 11) * 0x1p-53
  }
}
