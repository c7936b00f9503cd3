internal import Pipeline

/// STL, of bytes or of text: triangles, each with its own corners (“StereoLithography Interface Specification”,
/// 3D Systems, 1988).
///
/// Corners at one place become one vertex; normals and attributes are passed over.
struct STLReader {
  /// 80 bytes of anything and the number of triangles.
  static let headerSize = 84
  /// A normal, three corners, and two bytes of attributes.
  private static let recordSize = 50

  private var parts: ObjectParts
  private var numbers: [SIMD3<Double>: UInt32] = [:]

  private init(source: String) { parts = ObjectParts(source: source) }

  // MARK: Bytes

  /// Whether a file has the size that its number of triangles asks for: the format has no other mark.
  static func isBinary(_ bytes: [UInt8]) -> Bool {
    bytes.count >= headerSize && bytes.count == headerSize + recordSize * count(bytes)
  }

  private static func count(_ bytes: [UInt8]) -> Int { Int(word(bytes, at: 80)) }

  /// Four bytes, the lowest first.
  private static func word(_ bytes: [UInt8], at place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
  }

  /// Reads a file of at least ``headerSize`` bytes.
  ///
  /// - Throws: ``StepFailure`` where the file is shorter or longer than its triangles, or a number is not finite.
  static func binaryParts(_ bytes: [UInt8], source: String) throws(StepFailure) -> ObjectParts {
    var reader = STLReader(source: source)
    guard isBinary(bytes) else {
      throw reader.parts.failure(
        "is no text, and as STL would have \(count(bytes)) triangles in "
          + "\(headerSize + recordSize * count(bytes)) bytes; it has \(bytes.count) bytes")
    }
    for number in 0..<count(bytes) {
      let start = headerSize + recordSize * number + 12
      var corners: [UInt32] = []
      for corner in 0..<3 {
        let values = (0..<3).map { axis in
          Double(Float(bitPattern: word(bytes, at: start + 12 * corner + 4 * axis)))
        }
        corners.append(
          try reader.vertex(values[0], values[1], values[2], at: "triangle \(number + 1)"))
      }
      reader.parts.addPolygon(corners)
    }
    return reader.parts
  }

  // MARK: Text

  /// Whether a text begins with `solid`.
  static func isText(_ bytes: [UInt8]) -> Bool {
    var scanner = WordScanner(bytes)
    return scanner.next().map { matches($0[0], "solid") } ?? false
  }

  private static func matches(_ word: ArraySlice<UInt8>, _ keyword: String) -> Bool {
    // Some programs write capitals.
    word.lazy.map { $0 | 0x20 }.elementsEqual(keyword.utf8)
  }

  /// Reads a text: each `vertex` between an `outer loop` and its `endloop` is a corner.
  ///
  /// - Throws: ``StepFailure`` that names the line.
  static func textParts(_ bytes: [UInt8], source: String) throws(StepFailure) -> ObjectParts {
    var reader = STLReader(source: source)
    var scanner = WordScanner(bytes)
    var corners: [UInt32]?
    while let words = scanner.next() {
      let line = scanner.line
      if matches(words[0], "outer") {
        corners = []
      } else if matches(words[0], "endloop") {
        guard let loop = corners, loop.count == 3 else {
          throw reader.parts.failure(
            "has a triangle of \(corners?.count ?? 0) corners before line \(line)")
        }
        reader.parts.addPolygon(loop)
        corners = nil
      } else if matches(words[0], "vertex"), corners != nil {
        let numbers = words.dropFirst().compactMap(WordScanner.number)
        guard words.count == 4, numbers.count == 3 else {
          throw reader.parts.failure("has no three numbers after “vertex” in line \(line)")
        }
        corners?.append(
          try reader.vertex(numbers[0], numbers[1], numbers[2], at: "line \(line)"))
      }
    }
    guard corners == nil else {
      throw reader.parts.failure("ends within a triangle, in line \(scanner.line)")
    }
    guard !reader.parts.triangles.isEmpty else {
      throw reader.parts.failure("begins as STL with “solid” and holds no triangle")
    }
    return reader.parts
  }

  /// The number of the vertex at a place.
  private mutating func vertex(
    _ x: Double, _ y: Double, _ z: Double, at place: @autoclosure () -> String
  ) throws(StepFailure) -> UInt32 {
    let point = SIMD3(x, y, z)
    if let known = numbers[point] { return known }
    let number = UInt32(parts.vertices.count)
    try parts.addVertex(x, y, z, at: place())
    numbers[point] = number
    return number
  }
}
