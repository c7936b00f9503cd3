internal import Pipeline
internal import Report

/// Points as CSV or TSV: the columns x, y and z, and r, g and b from 0 to 255 or a `class`.
///
/// Rows are read one by one, so that their number is bounded by the size of the file alone.
struct PointTableReader {
  private var parts: ObjectParts
  private var reader: DelimitedReader
  private let names: [String]

  /// Looks at the first line; nothing where it does not name the columns x, y and z.
  init?(_ bytes: [UInt8], source: String) throws(StepFailure) {
    let first = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let isTabbed = first.contains(0x09)
    reader = DelimitedReader(bytes: bytes, delimiter: isTabbed ? 0x09 : UInt8(ascii: ","))
    parts = ObjectParts(source: source)
    guard let fields = reader.next()?.fields else { return nil }
    names = fields.map { Self.trimmed($0).lowercased() }
    if !["x", "y", "z"].allSatisfy(names.contains) { return nil }
  }

  private static func trimmed(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ")
  }

  /// Reads the rows.
  ///
  /// - Throws: ``StepFailure`` that names the line and the column.
  mutating func read() throws(StepFailure) -> ObjectParts {
    let places = ["x", "y", "z"].compactMap { names.firstIndex(of: $0) }
    let channels = ["r", "g", "b"].compactMap { names.firstIndex(of: $0) }
    let classPlace = names.firstIndex(of: "class")
    var colours: [Object3D.Colour] = []
    var classes = PointClasses()
    while let (line, fields) = reader.next() {
      guard fields.count == names.count else {
        throw parts.failure(
          "has \(fields.count) fields in line \(line); the first line names \(names.count) columns")
      }
      let point = try numbers(places, of: fields, line)
      try parts.addVertex(point[0], point[1], point[2], at: "line \(line)")
      if let classPlace {
        let name = Self.trimmed(fields[classPlace])
        guard classes.add(name) else {
          throw parts.failure(
            "has more than \(Object3D.mostClasses) classes, the next in line \(line) "
              + "“\(name.prefix(40))”; let the stage put the rare ones together")
        }
      } else if channels.count == 3 {
        let colour = try numbers(channels, of: fields, line).map { $0.rounded() }
        guard colour.allSatisfy((0...255).contains) else {
          throw parts.failure("has a colour beyond 0 to 255 in line \(line)")
        }
        colours.append(
          .init(red: UInt8(colour[0]), green: UInt8(colour[1]), blue: UInt8(colour[2])))
      }
    }
    guard !reader.isInQuotes else { throw parts.failure("ends within a quoted field") }
    if classPlace != nil { parts.tint = classes.tint }
    if !colours.isEmpty { parts.tint = .colours(colours) }
    return parts
  }

  private func numbers(
    _ places: [Int], of fields: [String], _ line: Int
  ) throws(StepFailure) -> [Double] {
    var numbers: [Double] = []
    for place in places {
      guard let number = Double(Self.trimmed(fields[place])) else {
        throw parts.failure(
          "holds “\(fields[place].prefix(40))” in column “\(names[place])”, line \(line); a point "
            + "needs a number there")
      }
      numbers.append(number)
    }
    return numbers
  }
}

/// The classes of points, by the order in which they come first.
private struct PointClasses {
  private var numbers: [String: UInt8] = [:]
  private var names: [String] = []
  private var members: [UInt8] = []

  /// Takes the class of the next point; false where there are too many to tell apart.
  mutating func add(_ name: String) -> Bool {
    if numbers[name] == nil {
      guard names.count < Object3D.mostClasses else { return false }
      numbers[name] = UInt8(names.count)
      names.append(name)
    }
    members.append(numbers[name] ?? 0)
    return true
  }

  /// The classes in an order of their own, so that one has the same colour in every run: whole numbers by their
  /// value, others by their letters.
  var tint: Object3D.Tint {
    let values = names.map { Int($0) }
    let order = names.indices.sorted { first, second in
      if !values.contains(nil), let one = values[first], let other = values[second], one != other {
        return one < other
      }
      return Array(names[first].utf8).lexicographicallyPrecedes(Array(names[second].utf8))
    }
    var new = [UInt8](repeating: 0, count: names.count)
    for (place, old) in order.enumerated() { new[old] = UInt8(place) }
    return .classes(names: order.map { names[$0] }, of: members.map { new[Int($0)] })
  }
}
