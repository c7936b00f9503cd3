internal import Pipeline
internal import Report

/// Wavefront OBJ: vertices with or without colours, and polygons (“Object Files (.obj)”, Wavefront, 1992).
///
/// Normals, textures, materials, groups, lines and curves are passed over.
struct OBJReader {
  private var parts: ObjectParts
  private var scanner: WordScanner
  private var colours: [SIMD3<Double>] = []
  /// The greatest number of a vertex that a polygon names, from 0, with its line.
  private var greatest: (number: Int, line: Int)?

  private static let keywords: Set<String> = [
    "v", "vn", "vt", "vp", "f", "l", "p", "o", "g", "s", "mtllib", "usemtl",
  ]

  /// Whether the first words of a text, but for comments, are such as begin a line of the format.
  static func begins(_ bytes: [UInt8]) -> Bool {
    var scanner = WordScanner(bytes)
    while let words = scanner.next() {
      if words[0].first == UInt8(ascii: "#") { continue }
      return words.count > 1 && keywords.contains(WordScanner.text(words[0]))
    }
    return false
  }

  /// Reads a file.
  ///
  /// - Throws: ``StepFailure`` that names the line.
  static func parts(_ bytes: [UInt8], source: String) throws(StepFailure) -> ObjectParts {
    var reader = OBJReader(parts: ObjectParts(source: source), scanner: WordScanner(bytes))
    try reader.read()
    return reader.parts
  }

  private mutating func read() throws(StepFailure) {
    while let all = scanner.next() {
      let words = all.prefix { $0.first != UInt8(ascii: "#") }
      switch words.first.map(WordScanner.text) {
      case "v": try readVertex(words.dropFirst())
      case "f": try readPolygon(words.dropFirst())
      default: continue
      }
    }
    if let greatest, greatest.number >= parts.vertices.count {
      throw parts.failure(
        "names vertex \(greatest.number + 1) in line \(greatest.line) and has "
          + "\(parts.vertices.count)")
    }
    guard !colours.isEmpty, colours.count == parts.vertices.count else { return }
    // Some programs write parts of one, some of 255.
    let scale: Double = colours.contains { $0.max() > 1 } ? 1 : 255
    parts.tint = .colours(
      colours.map { colour in
        let scaled = (colour * scale).rounded(.toNearestOrAwayFromZero)
        return .init(red: UInt8(scaled.x), green: UInt8(scaled.y), blue: UInt8(scaled.z))
      })
  }

  /// `v x y z`, `v x y z w` or `v x y z r g b`.
  private mutating func readVertex(_ words: ArraySlice<ArraySlice<UInt8>>) throws(StepFailure) {
    var numbers: [Double] = []
    for word in words.prefix(7) {
      guard let number = WordScanner.number(word) else {
        throw parts.failure(
          "holds “\(WordScanner.text(word))” in line \(scanner.line); a vertex needs numbers there")
      }
      numbers.append(number)
    }
    guard numbers.count > 2 else {
      throw parts.failure(
        "has a vertex of \(numbers.count) coordinates in line \(scanner.line); it needs three")
    }
    let line = scanner.line
    try parts.addVertex(numbers[0], numbers[1], numbers[2], at: "line \(line)")
    guard numbers.count > 5 else { return }
    for value in numbers[3..<6] where !(0...255).contains(value) {
      throw parts.failure("holds the colour \(value) in line \(line); it goes from 0 to 1 or 255")
    }
    colours.append(SIMD3(numbers[3], numbers[4], numbers[5]))
  }

  /// `f 1 2 3`, `f 1/4/7 2/5/8 3/6/9`, `f -3 -2 -1`: what follows a slash is passed over.
  private mutating func readPolygon(_ words: ArraySlice<ArraySlice<UInt8>>) throws(StepFailure) {
    var corners: [UInt32] = []
    for word in words {
      let known = parts.vertices.count
      guard let number = WordScanner.integer(word.prefix { $0 != UInt8(ascii: "/") }),
        number != 0, number <= Int(Int32.max), number >= -known
      else {
        throw parts.failure(
          "holds “\(WordScanner.text(word))” in line \(scanner.line); a polygon names vertices from "
            + "1 on, or from -1 back to the first before it")
      }
      let place = number > 0 ? number - 1 : known + number
      if place > greatest?.number ?? -1 { greatest = (place, scanner.line) }
      corners.append(UInt32(place))
    }
    guard corners.count > 2 else {
      throw parts.failure(
        "has a polygon of \(corners.count) corners in line \(scanner.line); it needs three")
    }
    parts.addPolygon(corners)
  }
}
