internal import Pipeline
internal import Report

/// A mesh or points that a stage wrote: known by what the file holds, whatever its name says.
enum ObjectFile {
  /// The largest file that is read.
  static let largestFile = 16_000_000

  /// Reads an object and thins it to what a page draws.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - source: The output that it is, for messages.
  ///   - up: The axis that points up.
  ///   - alternative: What somebody who does not see it should know of it.
  /// - Returns: The object, of at least one vertex.
  /// - Throws: ``StepFailure`` that names the file, the place in it, and what there should be.
  /// - Complexity: O(*n*) in the size of the file, and so is the memory.
  static func object(
    _ bytes: [UInt8], source: String, up: Object3D.Axis = .z, alternative: String = ""
  ) throws(StepFailure) -> Object3D {
    guard bytes.count <= largestFile else {
      throw StepFailure(
        .malformedData,
        "\(source) has \(bytes.count) bytes; a plot reads objects of at most \(largestFile): let the "
          + "stage write fewer triangles or points")
    }
    let parts = try parts(bytes, source: source)
    guard !parts.vertices.isEmpty else { throw parts.failure("holds no vertex") }
    guard
      let object = Object3D(
        vertices: parts.vertices, triangles: parts.triangles, tint: parts.tint, up: up,
        alternative: alternative)
    else { throw parts.failure("has a triangle of a vertex that is not there") }
    return object
  }

  private static func parts(
    _ bytes: [UInt8], source: String
  ) throws(StepFailure) -> ObjectParts {
    if PLYReader.begins(bytes) { return try PLYReader.parts(bytes, source: source) }
    if STLReader.isBinary(bytes) { return try STLReader.binaryParts(bytes, source: source) }
    let isText = !bytes.prefix(1024).contains(0)
    if isText, STLReader.isText(bytes) {
      return try STLReader.textParts(bytes, source: source)
    }
    if isText, OBJReader.begins(bytes) { return try OBJReader.parts(bytes, source: source) }
    if isText, var reader = try PointTableReader(bytes, source: source) {
      return try reader.read()
    }
    // No text at all: the one such format without a mark of its own.
    if !isText, bytes.count >= STLReader.headerSize {
      return try STLReader.binaryParts(bytes, source: source)
    }
    throw StepFailure(
      .malformedData,
      "\(source) is no OBJ, STL or PLY file, nor CSV or TSV with the columns x, y and z, by what it "
        + "holds; \(start(of: bytes))")
  }

  /// What the file begins with instead.
  private static func start(of bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "it is empty" }
    let line = String(decoding: bytes.prefix(60).prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    return "it begins with “\(line)”"
  }
}
