internal import Pipeline

/// What a PLY file says of itself (Greg Turk, “The PLY Polygon File Format”, 1994).
struct PLYHeader {
  enum Encoding: String {
    case text = "ascii"
    case littleEndian = "binary_little_endian"
    case bigEndian = "binary_big_endian"
  }

  enum Scalar {
    case int8, uint8, int16, uint16, int32, uint32, float32, float64

    /// The type of a name, of which each has an old one and a new one.
    init?(_ name: String) {
      switch name {
      case "char", "int8": self = .int8
      case "uchar", "uint8": self = .uint8
      case "short", "int16": self = .int16
      case "ushort", "uint16": self = .uint16
      case "int", "int32": self = .int32
      case "uint", "uint32": self = .uint32
      case "float", "float32": self = .float32
      case "double", "float64": self = .float64
      default: return nil
      }
    }

    /// In bytes.
    var size: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .int32, .uint32, .float32: 4
      case .float64: 8
      }
    }
  }

  struct Property {
    var name: String
    var type: Scalar
    /// Of the number before a list; nothing where there is one value only.
    var countType: Scalar?
  }

  struct Element {
    var name: String
    var count: Int
    var properties: [Property] = []
    /// What each takes up at least, in bytes of a binary file.
    var leastSize: Int { properties.reduce(0) { $0 + ($1.countType ?? $1.type).size } }
  }

  private(set) var encoding = Encoding.text
  private(set) var elements: [Element] = []
  /// Where the numbers begin.
  private(set) var end = 0

  /// Reads a header.
  ///
  /// - Throws: ``StepFailure`` that names the line.
  init(_ bytes: [UInt8], source: String) throws(StepFailure) {
    var isOver = false
    var hasFormat = false
    var line = 0
    while !isOver {
      guard let stop = bytes[end...].firstIndex(of: 0x0A) else {
        throw StepFailure(
          .malformedData, "\(source) ends within the header of PLY: no “end_header”")
      }
      line += 1
      let text = String(decoding: bytes[end..<stop].prefix(400), as: UTF8.self)
      let words = text.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
      end = stop + 1
      let wrong = StepFailure(
        .malformedData,
        "\(source), line \(line): “\(text.prefix(60))” is no line of a PLY header of version 1.0")
      switch words.first {
      case "ply" where line == 1, "comment", "obj_info", nil: continue
      case "format":
        guard words.count == 3, let known = Encoding(rawValue: words[1]), words[2] == "1.0" else {
          throw wrong
        }
        encoding = known
        hasFormat = true
      case "element":
        guard words.count == 3, let count = Int(words[2]), count >= 0 else { throw wrong }
        elements.append(Element(name: words[1], count: count))
      case "property":
        guard let property = Self.property(words), !elements.isEmpty else { throw wrong }
        elements[elements.count - 1].properties.append(property)
      case "end_header":
        guard hasFormat else { throw wrong }
        isOver = true
      default: throw wrong
      }
    }
    try checkSize(bytes.count - end, source: source)
  }

  private static func property(_ words: [String]) -> Property? {
    if words.count == 5, words[1] == "list", let count = Scalar(words[2]),
      let type = Scalar(words[3])
    {
      return Property(name: words[4], type: type, countType: count)
    }
    guard words.count == 3, let type = Scalar(words[1]) else { return nil }
    return Property(name: words[2], type: type)
  }

  /// A header must not promise more than the file has, before anything is made room for.
  private func checkSize(_ rest: Int, source: String) throws(StepFailure) {
    for element in elements where !element.properties.isEmpty {
      // A number of a text is a digit and what parts it from the next.
      let least = encoding == .text ? 2 * element.properties.count : element.leastSize
      guard element.count <= (rest + 1) / least else {
        throw StepFailure(
          .malformedData,
          "\(source) promises \(element.count) of “\(element.name)”, and has \(rest) bytes after its "
            + "header: it was cut off, or its header is wrong")
      }
    }
  }
}
