internal import ElementaryFunctions

/// Quantiles with their probabilities.
struct Quantile: Transform {
  let place: String
  private let field: String
  private let groups: [String]
  private let probabilities: [Double]
  private let names: [String]

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["quantile", "groupby", "probs", "step", "as"])
    place = own.path
    field = try own.needText("quantile")
    groups = try own.texts("groupby") ?? []
    let step = try own.number("step", parameters) ?? 0.01
    guard step >= 0.0001, step < 1 else {
      throw own.failure("step", "must be from 0.0001 to below 1")
    }
    if let given = try own.numbers("probs") {
      guard given.allSatisfy({ (0...1).contains($0) }) else {
        throw own.failure("probs", "must be from 0 to 1")
      }
      probabilities = given
    } else {
      let count = Int(((1 - 1e-14 - step / 2) / step).rounded(.up))
      probabilities = (0..<count).map { step / 2 + Double($0) * step }
    }
    names = try own.texts("as") ?? ["prob", "value"]
    guard names.count == 2 else { throw own.failure("as", "must be two names") }
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let column = try table.column(field, place).map(\.measure)
    table = try FittedTable(table, by: groups, names, place) { (rows) throws(VegaLiteError) in
      let sorted = rows.map { column[$0] }.filter { !$0.isNaN }.sorted()
      guard !sorted.isEmpty else { return [] }
      return probabilities.map { ($0, Elementary.quantile($0, of: sorted)) }
    }.table
  }
}
