internal import FoundationEssentials
internal import Pipeline
internal import PipelineSpec

extension PlotTable {
  /// Reads a list of records, an object of columns, or an object one member of which is a list of records.
  init(json bytes: [UInt8], source: String) throws(StepFailure) {
    guard let value = try? JSONDecoder().decode(PlotJSON.self, from: Data(bytes)) else {
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
    try self.init(PlotJSON(value), source: source)
  }

  private init(_ value: PlotJSON, source: String) throws(StepFailure) {
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
    var records: [[String: PlotJSON]] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      guard let value = try? JSONDecoder().decode(PlotJSON.self, from: Data(line)),
        case .object(let members) = value
      else {
        throw StepFailure(.malformedData, "\(source), line \(index + 1): no JSON object")
      }
      records.append(members)
      guard records.count <= Self.mostRows else { break }
    }
    try self.init(records: records, source: source)
  }

  private init(records: [[String: PlotJSON]], source: String) throws(StepFailure) {
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

/// Any JSON value.
///
/// The decoder refuses what is nested more than 512 deep.
enum PlotJSON: Decodable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([PlotJSON])
  case object([String: PlotJSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([PlotJSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: PlotJSON].self))
    }
  }

  init(_ value: PlainYAML) {
    switch value {
    case .text(let text): self = .string(text)
    case .list(let elements): self = .array(elements.map(PlotJSON.init))
    case .map(let entries):
      self = .object(
        Dictionary(
          entries.map { ($0.key, PlotJSON($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
  }

  /// A scalar as a cell holds it; nothing for what is not one.
  var text: String? {
    switch self {
    case .null: ""
    case .boolean(let value): "\(value)"
    case .number(let value):
      value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    case .string(let value): value
    case .array, .object: nil
    }
  }

  /// The elements of a list of scalars.
  var scalars: [String]? {
    guard case .array(let elements) = self else { return nil }
    let texts = elements.compactMap(\.text)
    return texts.count == elements.count ? texts : nil
  }

  /// The elements of a list of objects.
  var records: [[String: PlotJSON]]? {
    guard case .array(let elements) = self else { return nil }
    var records: [[String: PlotJSON]] = []
    for element in elements {
      guard case .object(let members) = element else { return nil }
      records.append(members)
    }
    return records
  }
}
