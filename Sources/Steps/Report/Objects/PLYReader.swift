internal import Pipeline
internal import Report

/// PLY, of text or of bytes: vertices with or without colours, and polygons.
///
/// Other elements and properties are passed over.
struct PLYReader {
  private let header: PLYHeader
  private var body: PLYBody
  private var parts: ObjectParts
  private var colours: [Object3D.Colour] = []
  /// What a vertex may have, and for each property of its element the place among these.
  private static let names = ["x", "y", "z", "red", "green", "blue"]
  private var slots: [Int?] = []

  static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "ply\n".utf8) || bytes.starts(with: "ply\r\n".utf8)
  }

  /// Reads a file.
  ///
  /// - Throws: ``StepFailure`` that names the line of the header, or the element.
  static func parts(_ bytes: [UInt8], source: String) throws(StepFailure) -> ObjectParts {
    let header = try PLYHeader(bytes, source: source)
    var reader = PLYReader(
      header: header, body: PLYBody(bytes, from: header.end, encoding: header.encoding),
      parts: ObjectParts(source: source))
    // An element without properties takes up nothing.
    for element in header.elements where !element.properties.isEmpty {
      reader.slots = element.properties.map { property in
        let slot = names.firstIndex(of: property.name)
        // Colours of other types have other ranges.
        return slot.map { $0 > 2 } == true && property.type != .uint8 ? nil : slot
      }
      for number in 0..<element.count {
        switch element.name {
        case "vertex": try reader.readVertex(element, number)
        case "face": try reader.readFace(element, number)
        default: try reader.pass(element, number)
        }
      }
    }
    if !reader.colours.isEmpty, reader.colours.count == reader.parts.vertices.count {
      reader.parts.tint = .colours(reader.colours)
    }
    for triangle in reader.parts.triangles
    where Int(triangle.max()) >= reader.parts.vertices.count {
      throw reader.parts.failure(
        "has a face of vertex \(triangle.max()), counted from 0, and \(reader.parts.vertices.count) "
          + "vertices")
    }
    return reader.parts
  }

  private mutating func value(
    _ type: PLYHeader.Scalar, _ element: PLYHeader.Element, _ number: Int
  ) throws(StepFailure) -> Double {
    guard let value = body.next(type) else {
      throw parts.failure(
        "ends, or holds no number, in “\(element.name)” \(number + 1) of \(element.count)")
    }
    return value
  }

  /// A list's values one by one.
  private mutating func list(
    _ property: PLYHeader.Property, of countType: PLYHeader.Scalar, _ element: PLYHeader.Element,
    _ number: Int
  ) throws(StepFailure) -> [Double] {
    let length = try value(countType, element, number)
    // No list is longer than the file: so many are never made room for before they are read.
    guard let count = Int(exactly: length), count >= 0 else {
      throw parts.failure(
        "has a list of \(length) values in “\(element.name)” \(number + 1)")
    }
    var values: [Double] = []
    for _ in 0..<count { values.append(try value(property.type, element, number)) }
    return values
  }

  private mutating func readVertex(
    _ element: PLYHeader.Element, _ number: Int
  ) throws(StepFailure) {
    var values: [Double?] = [nil, nil, nil, nil, nil, nil]
    for (place, property) in element.properties.enumerated() {
      if let countType = property.countType {
        _ = try list(property, of: countType, element, number)
        continue
      }
      let value = try value(property.type, element, number)
      if let slot = slots[place] { values[slot] = value }
    }
    guard let x = values[0], let y = values[1], let z = values[2] else {
      throw parts.failure(
        "has vertices without x, y and z; their properties are "
          + element.properties.prefix(12).map(\.name).joined(separator: ", "))
    }
    try parts.addVertex(x, y, z, at: "vertex \(number + 1)")
    guard let red = values[3], let green = values[4], let blue = values[5] else { return }
    // A text may hold what its type cannot.
    guard [red, green, blue].allSatisfy((0...255).contains) else {
      throw parts.failure("has a colour beyond 0 to 255 in vertex \(number + 1)")
    }
    colours.append(.init(red: UInt8(red), green: UInt8(green), blue: UInt8(blue)))
  }

  private mutating func readFace(
    _ element: PLYHeader.Element, _ number: Int
  ) throws(StepFailure) {
    for property in element.properties {
      guard let countType = property.countType else {
        _ = try value(property.type, element, number)
        continue
      }
      let values = try list(property, of: countType, element, number)
      guard property.name == "vertex_indices" || property.name == "vertex_index" else { continue }
      let corners = values.compactMap { UInt32(exactly: $0) }
      guard corners.count == values.count, corners.count > 2 else {
        throw parts.failure(
          "has no three vertices, or one that is no whole number, in face \(number + 1)")
      }
      parts.addPolygon(corners)
    }
  }

  private mutating func pass(
    _ element: PLYHeader.Element, _ number: Int
  ) throws(StepFailure) {
    for property in element.properties {
      if let countType = property.countType {
        _ = try list(property, of: countType, element, number)
      } else {
        _ = try value(property.type, element, number)
      }
    }
  }
}

/// The numbers after a header of PLY, one after the other.
private struct PLYBody {
  private let bytes: [UInt8]
  private let encoding: PLYHeader.Encoding
  private var position: Int
  private var scanner: WordScanner
  private var words: ArraySlice<ArraySlice<UInt8>> = []

  init(_ bytes: [UInt8], from position: Int, encoding: PLYHeader.Encoding) {
    self.bytes = bytes
    self.position = position
    self.encoding = encoding
    scanner = WordScanner(encoding == .text ? bytes : [], from: position)
  }

  /// The next number; nothing where there is none.
  mutating func next(_ type: PLYHeader.Scalar) -> Double? {
    guard encoding != .text else {
      while words.isEmpty {
        guard let line = scanner.next() else { return nil }
        words = line[...]
      }
      return words.popFirst().flatMap(WordScanner.number)
    }
    guard bytes.count - position >= type.size else { return nil }
    var bits: UInt64 = 0
    for place in 0..<type.size {
      let shift = encoding == .littleEndian ? place : type.size - 1 - place
      bits |= UInt64(bytes[position + place]) << UInt64(8 * shift)
    }
    position += type.size
    return switch type {
    case .int8: Double(Int8(truncatingIfNeeded: bits))
    case .uint8, .uint16, .uint32: Double(bits)
    case .int16: Double(Int16(truncatingIfNeeded: bits))
    case .int32: Double(Int32(truncatingIfNeeded: bits))
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .float64: Double(bitPattern: bits)
    }
  }
}
