internal import SystemPackage

/// A file that may be gzip, read for its payload.
public enum PayloadFile {
  /// Deflate cannot expand by more than this.
  private static let largestExpansion = 1032

  /// Reads all of a file, handing out its payload in pieces.
  ///
  /// - Parameters:
  ///   - path: The file; gzip is recognised by its first two bytes.
  ///   - budget: The most bytes of payload.
  ///   - begin: Told the most bytes of payload that a file of this size can yield.
  ///   - sink: Called with each piece in order. The piece must not outlive the call.
  /// - Throws: ``CompressionError``, with the code `unreadable` where the system fails, or what `sink`
  ///   throws, unchanged.
  public static func read(
    _ path: String, budget: Int, begin: (Int) -> Void = { _ in },
    sink: (Span<UInt8>) throws -> Void
  ) throws {
    let file = try attempt { try FileDescriptor.open(FilePath(path), .readOnly) }
    defer { try? file.close() }
    let size = try attempt { try Int(file.seek(offset: 0, from: .end)) }
    _ = try attempt { try file.seek(offset: 0, from: .start) }
    begin(size > Int.max / largestExpansion ? .max : size * largestExpansion)
    var stream = try InflateStream(budget: budget)
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = try attempt {
        // SAFETY: the descriptor is open, and the buffer has the size that its pointer says.
        try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
      }
      if count == 0 { break }
      try stream.push(buffer.span.extracting(first: count), to: sink)
    }
    try stream.finish(to: sink)
  }

  /// Turns the system's failures into this target's.
  private static func attempt<Result>(
    _ body: () throws -> Result
  ) throws(CompressionError) -> Result {
    do {
      return try body()
    } catch {
      let number = (error as? Errno)?.rawValue ?? 0
      throw CompressionError(
        .unreadable(Int(number)), inputOffset: 0, outputCount: 0, details: "\(error)")
    }
  }
}
