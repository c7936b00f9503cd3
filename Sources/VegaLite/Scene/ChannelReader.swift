/// What a channel says in each row.
struct ChannelReader {
  enum Value {
    case data(Datum, FieldDefinition)
    case constant(Datum)
  }

  private var cases: [(truths: [Datum], read: Source)] = []
  private var otherwise: Source?

  private enum Source {
    case column([Datum], FieldDefinition)
    case constant(Datum)
    case datum(Datum, FieldDefinition)
  }

  /// `nil` where the channel says nothing.
  init?(_ definition: ChannelDefinition?, in unit: PreparedUnit) throws(VegaLiteError) {
    guard let definition else { return nil }
    func source(_ value: ChannelDefinition.Value) -> Source? {
      switch value {
      case .field(let field): .column(unit.column(field.column), field)
      case .constant(let datum): .constant(datum)
      case .datum(let datum, let field): field.map { .datum(datum, $0) }
      }
    }
    for condition in definition.conditions {
      if let read = source(condition.value) {
        cases.append(
          (try condition.test.values(in: unit.table, unit.unit.place + ".encoding"), read))
      }
    }
    otherwise = definition.value.flatMap(source)
  }

  subscript(row: Int) -> Value? {
    let source = cases.first { $0.truths[row].truth }?.read ?? otherwise
    switch source {
    case .column(let cells, let field): return .data(cells[row], field)
    case .constant(let datum): return .constant(datum)
    case .datum(let datum, let field): return .data(datum, field)
    case nil: return nil
    }
  }
}
