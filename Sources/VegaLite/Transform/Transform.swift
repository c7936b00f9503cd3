/// One step from a table to a table.
///
/// Rows keep their order unless a transform says otherwise; groups come by first appearance.
protocol Transform: Sendable {
  /// Where it stands in the specification.
  var place: String { get }

  func apply(to table: inout DataTable) throws(VegaLiteError)
}

/// Reads the list `transform`.
enum Transforms {
  /// The word that tells what a transform is, with what reads it.
  private static let readers:
    [(
      word: String, read: @Sendable (SpecObject, Parameters) throws(VegaLiteError) -> any Transform
    )] = [
      ("filter", { (own, parameters) throws(VegaLiteError) in try Filter(own, parameters) }),
      ("calculate", { (own, parameters) throws(VegaLiteError) in try Calculate(own, parameters) }),
      ("aggregate", { (own, _) throws(VegaLiteError) in try Aggregation(own, isJoined: false) }),
      ("joinaggregate", { (own, _) throws(VegaLiteError) in try Aggregation(own, isJoined: true) }),
      ("bin", { (own, parameters) throws(VegaLiteError) in try Binning(own, parameters) }),
      ("window", { (own, _) throws(VegaLiteError) in try Window(own) }),
      ("fold", { (own, _) throws(VegaLiteError) in try Fold(own) }),
      ("flatten", { (own, _) throws(VegaLiteError) in try Flatten(own) }),
      ("impute", { (own, parameters) throws(VegaLiteError) in try Impute(own, parameters) }),
      ("pivot", { (own, _) throws(VegaLiteError) in try Pivot(own) }),
      ("stack", { (own, _) throws(VegaLiteError) in try Stack(own) }),
      ("timeUnit", { (own, _) throws(VegaLiteError) in try TimeUnitTransform(own) }),
      ("loess", { (own, parameters) throws(VegaLiteError) in try Loess(own, parameters) }),
      (
        "regression", { (own, parameters) throws(VegaLiteError) in try Regression(own, parameters) }
      ),
      ("density", { (own, parameters) throws(VegaLiteError) in try Density(own, parameters) }),
      ("quantile", { (own, parameters) throws(VegaLiteError) in try Quantile(own, parameters) }),
      ("lookup", { (own, _) throws(VegaLiteError) in try Lookup(own) }),
      ("sample", { (own, parameters) throws(VegaLiteError) in try Sample(own, parameters) }),
    ]

  static func all(
    in owner: SpecObject, _ parameters: Parameters
  ) throws(VegaLiteError) -> [any Transform] {
    var transforms: [any Transform] = []
    for own in try owner.objects("transform") {
      // The op of a pivot, or the groupby of a stack, are no words of their own.
      guard let reader = readers.first(where: { own.has($0.word) }) else {
        throw VegaLiteError(
          own.path, "is no transform that is drawn here",
          stranger: own.members.keys.sorted().first, known: readers.map(\.word))
      }
      transforms.append(try reader.read(own, parameters))
    }
    return transforms
  }
}

struct Filter: Transform {
  let place: String
  private let predicate: Expression
  /// Whether it keeps what a selection holds.
  let isOfSelection: Bool

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["filter"])
    let members = own["filter"]?.members
    isOfSelection = ["param", "selection"].contains { word in
      members?[word]?.text.map { parameters.selected($0) != nil } ?? false
    }
    place = own.place("filter")
    predicate = try .predicate(own["filter"] ?? .null, place, parameters)
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let values = try predicate.values(in: table, place)
    table = table.selecting(values.indices.filter { values[$0].truth })
  }

  /// Whether no row of any table passes: what waits for somebody to point at something.
  var isNever: Bool { predicate.fields.isEmpty && !predicate.constantValue.truth }
}

struct Calculate: Transform {
  let place: String
  private let expression: Expression
  private let name: String

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["calculate", "as"])
    place = own.place("calculate")
    expression = try ExpressionParser.expression(
      try own.needText("calculate"), place, parameters)
    name = try own.needText("as")
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    table[name] = try expression.values(in: table, place)
  }
}

struct TimeUnitTransform: Transform {
  let place: String
  private let unit: TimeUnit
  private let field: String
  private let name: String

  init(_ own: SpecObject) throws(VegaLiteError) {
    try own.allow(["timeUnit", "field", "as"])
    place = own.path
    guard let unit = try own.choice("timeUnit", TimeUnit.names).flatMap({ TimeUnit($0) }) else {
      throw own.failure("timeUnit", "is missing")
    }
    self.unit = unit
    field = try own.needText("field")
    name = try own.needText("as")
  }

  init(_ unit: TimeUnit, of field: String, as name: String, _ place: String) {
    (self.unit, self.field, self.name, self.place) = (unit, field, name, place)
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    table[name] = try table.column(field, place).map { value in
      let moment = unit.floor(value.moment)
      return moment.isNaN ? .null : .number(moment)
    }
  }
}

/// Some of the rows, the same each time, in their order.
struct Sample: Transform {
  let place: String
  private let count: Int

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["sample"])
    place = own.path
    count = try own.whole("sample", 1...1_000_000, parameters) ?? 1000
  }

  /// Robert Floyd's choice needs a set; a key of chance for each row does with a sort.
  func apply(to table: inout DataTable) throws(VegaLiteError) {
    guard table.rowCount > count else { return }
    var stream = FixedStream(seed: place)
    let keys = (0..<table.rowCount).map { (stream.next(), $0) }
    table = table.selecting(keys.sorted { $0 < $1 }.prefix(count).map(\.1).sorted())
  }
}
