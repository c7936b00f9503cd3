/// Where each row's part begins and ends when the parts of a group stand on one another.
struct Stack: Transform {
  enum Offset: String, CaseIterable, Sendable, Hashable {
    case zero, center, normalize
  }

  let place: String
  private let field: String
  private let groups: [String]
  private let offset: Offset
  private let order: SortOrder
  private let names: [String]

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["stack", "groupby", "offset", "sort", "as"])
    place = own.path
    field = try own.needText("stack")
    groups = try own.texts("groupby") ?? []
    offset = try own.choice("offset", Offset.allCases.map(\.rawValue)).flatMap(Offset.init) ?? .zero
    order = try SortOrder(own)
    let names = try own.texts("as") ?? []
    guard (1...2).contains(names.count) else {
      throw own.failure("as", "must be one name or two")
    }
    self.names = names.count == 2 ? names : names + [names[0] + "_end"]
  }

  init(
    _ field: String, by groups: [String], _ offset: Offset, in order: SortOrder, as names: [String],
    _ place: String
  ) {
    (self.field, self.groups, self.offset) = (field, groups, offset)
    (self.order, self.names, self.place) = (order, names, place)
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let values = try table.column(field, place).map { $0.measure.isNaN ? 0 : $0.measure }
    var (from, to) = (values, values)
    let all = try table.groups(groups, place)
    let sums = all.map { rows in rows.reduce(0) { $0 + abs(values[$1]) } }
    let greatest = sums.max() ?? 0
    for (rows, sum) in zip(all, sums) {
      var (above, below) = (offset == .center ? (greatest - sum) / 2 : 0, 0.0)
      for (row, _) in try order.sorted(rows, of: table, place) {
        let value = offset == .zero ? values[row] : abs(values[row])
        if value < 0 {
          (from[row], to[row]) = (below, below + value)
          below = to[row]
        } else {
          (from[row], to[row]) = (above, above + value)
          above = to[row]
        }
        if offset == .normalize, sum > 0 {
          from[row] /= sum
          to[row] /= sum
        }
      }
    }
    table[names[0]] = from.map { .number($0) }
    table[names[1]] = to.map { .number($0) }
  }
}
