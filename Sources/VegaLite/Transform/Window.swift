/// What is made of the rows around each row of a sorted group.
struct Window: Transform {
  private enum Operation {
    case aggregate(AggregateOperation)
    case rowNumber, rank, denseRank, percentRank, cumulative
    case tile(Int)
    case lag(Int), lead(Int), first, last
    case nth(Int)

    var aggregate: AggregateOperation? {
      if case .aggregate(let operation) = self { operation } else { nil }
    }
  }

  private static let words = [
    "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead",
    "first_value", "last_value", "nth_value",
  ]

  let place: String
  private let fields: [(operation: Operation, field: String?, name: String)]
  private let groups: [String]
  private let order: SortOrder
  /// How many rows before and after; none for all.
  private let frame: (before: Int?, after: Int?)
  private let isPeerless: Bool

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["window", "groupby", "sort", "frame", "ignorePeers"])
    place = own.path
    groups = try own.texts("groupby") ?? []
    order = try SortOrder(own)
    isPeerless = try own.boolean("ignorePeers") ?? false
    frame = try Self.frame(own)
    var fields: [(Operation, String?, String)] = []
    for one in try own.objects("window") {
      try one.allow(["op", "field", "as", "param"])
      guard let word = try one.choice("op", Self.words + AggregateOperation.names) else {
        throw one.failure("op", "is missing")
      }
      let field = try one.text("field")
      let number = try one.whole("param", 1...1_000_000, Parameters()) ?? 1
      let operation = Self.operation(word, number)
      if case .aggregate(let op) = operation, op != .count, field == nil {
        throw one.failure("field", "is missing")
      }
      if Self.words.dropFirst(6).contains(word), field == nil {
        throw one.failure("field", "is missing")
      }
      fields.append((operation, field, try one.needText("as")))
    }
    self.fields = fields
  }

  private static func operation(_ word: String, _ number: Int) -> Operation {
    switch word {
    case "row_number": .rowNumber
    case "rank": .rank
    case "dense_rank": .denseRank
    case "percent_rank": .percentRank
    case "cume_dist": .cumulative
    case "ntile": .tile(number)
    case "lag": .lag(number)
    case "lead": .lead(number)
    case "first_value": .first
    case "last_value": .last
    case "nth_value": .nth(number)
    default: .aggregate(AggregateOperation(rawValue: word) ?? .count)
    }
  }

  private static func frame(_ own: SpecObject) throws(VegaLiteError) -> (Int?, Int?) {
    guard let value = own["frame"] else { return (nil, 0) }
    guard let ends = value.elements, ends.count == 2 else {
      throw own.failure("frame", "must be two numbers or null")
    }
    var bounds: [Int?] = []
    for end in ends {
      switch end {
      case .null: bounds.append(nil)
      case .number(let number) where abs(number) < 1e9: bounds.append(Int(number))
      default: throw own.failure("frame", "must be two numbers or null")
      }
    }
    return (bounds[0], bounds[1])
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    var results = [[Datum]](
      repeating: [Datum](repeating: .null, count: table.rowCount), count: fields.count)
    for group in try table.groups(groups, place) {
      let sorted = try order.sorted(group, of: table, place)
      let rows = sorted.map(\.row)
      // Where the run of equal rows begins and ends that each row belongs to.
      var begins = [Int](repeating: 0, count: rows.count)
      var ends = begins
      for index in rows.indices {
        begins[index] = sorted[index].isNew ? index : begins[index - 1]
      }
      for index in rows.indices.reversed() {
        let isLast = index + 1 == rows.count || sorted[index + 1].isNew
        ends[index] = isLast ? index + 1 : ends[index + 1]
      }
      for (index, field) in fields.enumerated() {
        let column = try field.field.map { (name) throws(VegaLiteError) in
          try table.column(name, place)
        }
        let cells = rows.map { column?[$0] ?? .null }
        // Without a column every row counts.
        var running = RunningAggregate(field.operation.aggregate ?? .count, over: cells)
        var rank = 0
        for row in rows.indices {
          if sorted[row].isNew { rank += 1 }
          let frame = window(around: row, of: rows.count, begins[row], ends[row])
          results[index][rows[row]] =
            field.operation.aggregate == nil
            ? value(field.operation, at: row, rank, cells, begins[row], ends[row], frame)
            : try running.value(over: frame, place)
        }
      }
    }
    for (field, column) in zip(fields, results) { table[field.name] = column }
  }

  /// The rows that count for one of them, with those that are equal to the ends.
  private func window(around row: Int, of count: Int, _ begin: Int, _ end: Int) -> Range<Int> {
    var from = frame.before.map { max(row + $0, 0) } ?? 0
    var to = frame.after.map { min(row + $0 + 1, count) } ?? count
    if !isPeerless, !order.isEmpty { (from, to) = (min(from, begin), max(to, end)) }
    return min(from, count)..<max(min(from, count), min(max(to, 0), count))
  }

  private func value(
    _ operation: Operation, at place: Int, _ rank: Int, _ cells: [Datum], _ begin: Int, _ end: Int,
    _ range: Range<Int>
  ) -> Datum {
    let count = cells.count
    switch operation {
    case .rowNumber: return .number(Double(place + 1))
    case .rank: return .number(Double(begin + 1))
    case .denseRank: return .number(Double(rank))
    case .percentRank: return .number(count > 1 ? Double(begin) / Double(count - 1) : 0)
    case .cumulative: return .number(Double(end) / Double(count))
    case .tile(let tiles):
      return .number((Double(tiles) * Double(end) / Double(count)).rounded(.up))
    case .lag(let distance): return place >= distance ? cells[place - distance] : .null
    case .lead(let distance): return place + distance < count ? cells[place + distance] : .null
    case .first: return range.isEmpty ? .null : cells[range.lowerBound]
    case .last: return range.isEmpty ? .null : cells[range.upperBound - 1]
    case .nth(let number):
      return number <= range.count ? cells[range.lowerBound + number - 1] : .null
    case .aggregate: return .null
    }
  }
}
