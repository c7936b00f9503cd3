internal import Pipeline

extension PlotTable {
  /// Reads rows of fields (RFC 4180), the first row the names: quotes may hold delimiters, line ends and
  /// doubled quotes.
  init(delimited bytes: [UInt8], by delimiter: UInt8, source: String) throws(StepFailure) {
    var reader = DelimitedReader(bytes: bytes, delimiter: delimiter)
    var columns: [String]?
    var rows: [[String]] = []
    while let (line, fields) = reader.next() {
      guard let names = columns else {
        columns = fields
        continue
      }
      guard fields.count == names.count else {
        throw StepFailure(
          .malformedData,
          "\(source), line \(line): \(fields.count) fields where the first line names "
            + "\(names.count) columns")
      }
      guard rows.count <= Self.mostRows else { break }
      rows.append(fields)
    }
    guard !reader.isInQuotes else {
      throw StepFailure(.malformedData, "\(source) ends within a quoted field")
    }
    guard let columns else {
      throw StepFailure(.malformedData, "\(source) is empty; the first line must name the columns")
    }
    try self.init(columns: columns, rows: rows, source: source)
  }
}

/// Takes rows one by one out of delimited text.
struct DelimitedReader {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position: Int
  private var line = 1
  /// Whether the text ended before a quote was closed.
  private(set) var isInQuotes = false

  init(bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    // The mark that some programs put before UTF-8.
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next row that is not empty, with the number of its line.
  mutating func next() -> (line: Int, fields: [String])? {
    while position < bytes.count {
      let start = line
      let fields = row()
      if fields != [""] { return (start, fields) }
    }
    return nil
  }

  private mutating func row() -> [String] {
    var fields: [String] = []
    while true {
      fields.append(field())
      guard position < bytes.count else { return fields }
      let byte = bytes[position]
      position += 1
      if byte == delimiter {
        if position == bytes.count { return fields + [""] }
        continue
      }
      if byte == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
        position += 1
      }
      line += 1
      return fields
    }
  }

  /// A field up to its delimiter or line end, which stays.
  private mutating func field() -> String {
    var field: [UInt8] = []
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { quoted(into: &field) }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      field.append(byte)
      position += 1
    }
    return String(decoding: field, as: UTF8.self)
  }

  private mutating func quoted(into field: inout [UInt8]) {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard byte == UInt8(ascii: "\"") else {
        field.append(byte)
        continue
      }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return }
      field.append(byte)
      position += 1
    }
    isInQuotes = true
  }
}
