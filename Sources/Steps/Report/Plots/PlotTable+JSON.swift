internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec

extension PlotTable {
  /// Reads a list of records, an object of columns, or an object with one member that is a list of records.
  init(json bytes: [UInt8], source: String) throws(StepFailure) {
    guard let value = try? JSONReader.value(of: bytes) else {
      throw StepFailure(.malformedData, "\(source) is not JSON")
    }
    try self.init(value, source: source)
  }

  /// Reads the same shapes from YAML; texts are numbers where a plot needs them.
  init(yaml bytes: [UInt8], source: String) throws(StepFailure) {
    let value: PlainYAML?
    do throws(SpecError) {
      value = try PlainYAML.value(of: bytes, file: source)
    } catch {
      throw StepFailure(.malformedData, "\(source) cannot be read as YAML: \(error)")
    }
    guard let value else { throw Self.shapeless(source) }
    try self.init(CanonicalValue(value), source: source)
  }

  private init(_ value: CanonicalValue, source: String) throws(StepFailure) {
    if let records = value.records {
      try self.init(records: records, source: source)
      return
    }
    guard case .object(let members) = value else { throw Self.shapeless(source) }
    let columns = members.keys.sorted()
    let cells = columns.compactMap { members[$0]?.cells }
    if !columns.isEmpty, cells.count == columns.count,
      let count = cells.first?.count, cells.allSatisfy({ $0.count == count })
    {
      let rows = (0..<count).map { row in cells.map { $0[row] } }
      try self.init(columns: columns, rows: rows, source: source)
      return
    }
    let lists = columns.compactMap { members[$0]?.records }
    guard lists.count == 1 else { throw Self.shapeless(source) }
    try self.init(records: lists[0], source: source)
  }

  /// Reads an object a line.
  init(jsonLines bytes: [UInt8], source: String) throws(StepFailure) {
    var records: [[String: CanonicalValue]] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      guard let value = try? JSONReader.value(of: Array(line)),
        case .object(let members) = value
      else {
        throw StepFailure(.malformedData, "\(source), line \(index + 1): not a JSON object")
      }
      records.append(members)
      guard records.count <= Self.mostRows else { break }
    }
    try self.init(records: records, source: source)
  }

  private init(records: [[String: CanonicalValue]], source: String) throws(StepFailure) {
    var names: Set<String> = []
    for record in records { names.formUnion(record.keys) }
    let columns = names.sorted()
    try self.init(
      columns: columns,
      rows: records.map { record in columns.map { record[$0]?.cell ?? "" } }, source: source)
  }

  private static func shapeless(_ source: String) -> StepFailure {
    StepFailure(
      .malformedData,
      "\(source) has no rows: a plot reads a list of objects ([{\"epoch\": 1, …}, …]), one such list "
        + "in an object, or lists of equal length by name ({\"epoch\": [1, …], …})")
  }
}

extension CanonicalValue {
  fileprivate init(_ value: PlainYAML) {
    switch value {
    case .text(let text): self = .string(text)
    case .list(let elements): self = .array(elements.map(CanonicalValue.init))
    case .map(let entries):
      self = .object(
        Dictionary(
          entries.map { ($0.key, CanonicalValue($0.value)) },
          uniquingKeysWith: { first, _ in first }
        ))
    }
  }

  /// A scalar as a cell of a table; nothing for a list or an object.
  fileprivate var cell: String? {
    switch self {
    case .null: ""
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .double(let value):
      "\(value)".hasSuffix(".0") ? String("\(value)".dropLast(2)) : "\(value)"
    case .string(let value): value
    case .array, .object: nil
    }
  }

  /// The elements of a list of scalars.
  fileprivate var cells: [String]? {
    guard let array else { return nil }
    let cells = array.compactMap(\.cell)
    return cells.count == array.count ? cells : nil
  }

  /// The elements of a list of objects.
  fileprivate var records: [[String: CanonicalValue]]? {
    guard let array else { return nil }
    let records = array.compactMap(\.object)
    return records.count == array.count ? records : nil
  }
}
