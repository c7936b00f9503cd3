internal import Compression
internal import SystemPackage

/// Reads a file that may be gzip, handing out its payload in pieces.
enum PayloadReader {
  /// Deflate cannot expand by more than this.
  private static let largestExpansion = 1032

  /// Reads all of a file.
  ///
  /// - Parameters:
  ///   - path: The file; gzip is recognised by its first two bytes.
  ///   - budget: The most bytes of payload.
  ///   - begin: Told the most bytes of payload that a file of this size can yield.
  ///   - sink: Called with each piece in order.
  static func read(
    _ path: String, budget: Int, begin: (Int) -> Void,
    sink: (Span<UInt8>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
      defer { try? file.close() }
      let size = try Int(file.seek(offset: 0, from: .end))
      try file.seek(offset: 0, from: .start)
      begin(size > Int.max / largestExpansion ? .max : size * largestExpansion)
      var stream = try InflateStream(budget: budget)
      var buffer = [UInt8](repeating: 0, count: 256 << 10)
      while true {
        // SAFETY: the descriptor is open, and the buffer has the size that its pointer says.
        let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { break }
        try stream.push(buffer.span.extracting(first: count), to: sink)
      }
      try stream.finish(to: sink)
    } catch let error as DatasetError {
      throw error
    } catch let error as CompressionError {
      throw DatasetError(.compressed(error), source: path)
    } catch let error as Errno {
      throw DatasetError(
        .unreadable(Int(error.rawValue)), source: path, details: error.description)
    } catch {
      throw DatasetError(.unreadable(0), source: path, details: "\(error)")
    }
  }
}
