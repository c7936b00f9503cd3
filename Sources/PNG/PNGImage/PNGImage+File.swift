internal import SystemPackage

extension PNGImage {
  /// Reads a file.
  ///
  /// - Throws: ``PNGError`` for anything but one whole image within the budget.
  public init(path: String, budget: Budget = Budget()) throws(PNGError) {
    // One byte more than allowed shows that there are too many.
    try self.init(bytes: try Self.bytes(of: path, limit: budget.bytes + 1), budget: budget)
  }

  /// Whether the file at `path` begins like a PNG image.
  public static func isImage(path: String) -> Bool {
    guard let bytes = try? bytes(of: path, limit: 8) else { return false }
    return isSignature(bytes)
  }

  /// The first bytes of a file, at most `limit`.
  private static func bytes(of path: String, limit: Int) throws(PNGError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 16))
        while bytes.count < limit {
          // SAFETY: the buffer is the array's own storage, writable for the call.
          let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
          if count == 0 { break }
          bytes += chunk[..<min(count, limit - bytes.count)]
        }
        return bytes
      }
    } catch {
      throw PNGError(.unreadable, details: "\(error)")
    }
  }
}
