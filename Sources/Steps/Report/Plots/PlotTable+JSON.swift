internal import FoundationEssentials
internal import Pipeline
internal import PipelineSpec
internal import VegaLite

extension PlotTable {
  /// Reads a list of records, an object of columns, or an object one member of which is a list of records.
  init(json bytes: [UInt8], source: String) throws(StepFailure) {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
      throw StepFailure(.malformedData, "\(source) is no JSON")
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
    try self.init(JSONValue(value), source: source)
  }

  private init(_ value: JSONValue, source: String) throws(StepFailure) {
    if let records = value.records {
      try self.init(records: records, source: source)
      return
    }
    guard case .object(let members) = value else { throw Self.shapeless(source) }
    let columns = members.keys.sorted()
    let cells = columns.compactMap { members[$0]?.scalars }
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
    var records: [[String: JSONValue]] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(line)),
        case .object(let members) = value
      else {
        throw StepFailure(.malformedData, "\(source), line \(index + 1): no JSON object")
      }
      records.append(members)
      guard records.count <= Self.mostRows else { break }
    }
    try self.init(records: records, source: source)
  }

  private init(records: [[String: JSONValue]], source: String) throws(StepFailure) {
    var names: Set<String> = []
    for record in records { names.formUnion(record.keys) }
    let columns = names.sorted()
    try self.init(
      columns: columns,
      rows: records.map { record in columns.map { record[$0]?.text ?? "" } }, source: source)
  }

  private static func shapeless(_ source: String) -> StepFailure {
    StepFailure(
      .malformedData,
      "\(source) has no rows: a plot reads a list of objects ([{\"epoch\": 1, …}, …]), one such list "
        + "in an object, or lists of equal length by name ({\"epoch\": [1, …], …})")
  }
}

extension JSONValue {
  init(_ value: PlainYAML) {
    switch value {
    case .text(let text): self = .string(text)
    case .list(let elements): self = .array(elements.map(JSONValue.init))
    case .map(let entries):
      self = .object(
        Dictionary(
          entries.map { ($0.key, JSONValue($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The elements of a list of scalars.
  fileprivate var scalars: [String]? {
    guard let elements else { return nil }
    let texts = elements.compactMap(\.text)
    return texts.count == elements.count ? texts : nil
  }

  /// The elements of a list of objects.
  fileprivate var records: [[String: JSONValue]]? {
    guard let elements else { return nil }
    let records = elements.compactMap(\.members)
    return records.count == elements.count ? records : nil
  }
}
