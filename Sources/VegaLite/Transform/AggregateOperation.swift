/// What is made of the values of many rows.
enum AggregateOperation: String, CaseIterable, Sendable, Hashable {
  case count, valid, missing, distinct, sum, product, mean, average, variance, variancep, stdev
  case stdevp, stderr, median, q1, q3, min, max

  static let names = allCases.map(\.rawValue)

  /// Sums of parts are sums of the whole: what bars may be stacked of.
  var isSummative: Bool { self == .sum || self == .count || self == .valid || self == .missing }

  /// The value over some rows; null where it is undefined.
  func value(of all: [Datum]) -> Datum {
    let valid = all.filter { !$0.isMissing && $0 != .text("") }
    switch self {
    case .count: return .number(Double(all.count))
    case .valid: return .number(Double(valid.count))
    case .missing: return .number(Double(all.count { $0 == .null || $0 == .text("") }))
    case .distinct: return .number(Double(Set(all.map(\.key)).count))
    case .min, .max:
      var best: Datum?
      for value in valid {
        let order = best.map { Datum.order(value, $0) } ?? (self == .min ? -1 : 1)
        if self == .min ? order < 0 : order > 0 { best = value }
      }
      return best ?? .null
    default:
      let numbers = valid.map(\.number)
      guard !numbers.isEmpty else { return .null }
      return number(of: numbers).map { .number($0) } ?? .null
    }
  }

  private func number(of x: [Double]) -> Double? {
    let count = Double(x.count)
    switch self {
    case .sum: return x.reduce(0, +)
    case .product: return x.reduce(1, *)
    case .median: return Self.quantile(0.5, of: x.sorted())
    case .q1: return Self.quantile(0.25, of: x.sorted())
    case .q3: return Self.quantile(0.75, of: x.sorted())
    default: break
    }
    let mean = x.reduce(0, +) / count
    if self == .mean || self == .average { return mean }
    let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    switch self {
    case .variancep: return x.count > 1 ? squares / count : nil
    case .stdevp: return x.count > 1 ? (squares / count).squareRoot() : nil
    case .variance: return x.count > 1 ? squares / (count - 1) : nil
    case .stdev: return x.count > 1 ? (squares / (count - 1)).squareRoot() : nil
    case .stderr: return x.count > 1 ? (squares / (count * (count - 1))).squareRoot() : nil
    default: return nil
    }
  }

  /// A quantile, straight between two neighbours (R's type 7).
  static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}

/// An operation over a column, with the name of its result.
struct AggregateField: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case operation(AggregateOperation)
    /// The value of the row in which another column is least, or greatest.
    case argument(of: String, isGreatest: Bool)
  }

  let kind: Kind
  /// None for a count.
  let field: String?
  let name: String

  /// Reads `{"op": …, "field": …, "as": …}`.
  static func all(
    in own: SpecObject, _ word: String
  ) throws(VegaLiteError) -> [AggregateField] {
    var fields: [AggregateField] = []
    for one in try own.objects(word) {
      try one.allow(["op", "field", "as"])
      guard let text = try one.choice("op", AggregateOperation.names),
        let operation = AggregateOperation(rawValue: text)
      else { throw one.failure("op", "is missing") }
      let field = try one.text("field")
      guard field != nil || operation == .count else { throw one.failure("field", "is missing") }
      fields.append(
        .init(
          kind: .operation(operation), field: field,
          name: try one.text("as") ?? [text, field].compactMap { $0 }.joined(separator: "_")))
    }
    return fields
  }

  /// The value over each group of rows.
  func values(
    of groups: [[Int]], in table: DataTable, _ place: String
  ) throws(VegaLiteError) -> [Datum] {
    let column = try field.map { (name) throws(VegaLiteError) in try table.column(name, place) }
    switch kind {
    case .operation(let operation):
      return groups.map { rows in
        guard let column else { return .number(Double(rows.count)) }
        return operation.value(of: rows.map { column[$0] })
      }
    case .argument(let other, let isGreatest):
      let keys = try table.column(other, place)
      return groups.map { rows in
        var best: Int?
        for row in rows where !keys[row].isMissing {
          let order = best.map { Datum.order(keys[row], keys[$0]) } ?? (isGreatest ? 1 : -1)
          if isGreatest ? order > 0 : order < 0 { best = row }
        }
        return best.flatMap { column?[$0] } ?? .null
      }
    }
  }
}

/// One row for each group.
struct Aggregation: Transform {
  let place: String
  private let fields: [AggregateField]
  private let groups: [String]

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["aggregate", "groupby"])
    place = own.path
    fields = try AggregateField.all(in: own, "aggregate")
    groups = try own.texts("groupby") ?? []
  }

  init(_ fields: [AggregateField], by groups: [String], _ place: String) {
    (self.fields, self.groups, self.place) = (fields, groups, place)
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let rows = try table.groups(groups, place)
    var result = DataTable(source: table.source, rowCount: rows.count)
    for name in groups {
      let column = try table.column(name, place)
      result[name] = rows.map { column.isEmpty ? .null : column[$0[0]] }
    }
    for field in fields { result[field.name] = try field.values(of: rows, in: table, place) }
    table = result
  }
}

/// What is made of a group, beside each of its rows.
struct JoinAggregation: Transform {
  let place: String
  private let fields: [AggregateField]
  private let groups: [String]

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["joinaggregate", "groupby"])
    place = own.path
    fields = try AggregateField.all(in: own, "joinaggregate")
    groups = try own.texts("groupby") ?? []
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let rows = try table.groups(groups, place)
    for field in fields {
      var column = [Datum](repeating: .null, count: table.rowCount)
      for (group, value) in zip(rows, try field.values(of: rows, in: table, place)) {
        for row in group { column[row] = value }
      }
      table[field.name] = column
    }
  }
}
