internal import SystemPackage

/// A file that the user names.
enum InputFile {
  /// The first bytes of a file, at most `limit` and the rest of a piece.
  static func bytes(of path: String, limit: Int) throws -> [UInt8] {
    let file = try FileDescriptor.open(FilePath(path), .readOnly)
    return try file.closeAfter {
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 18)
      while bytes.count < limit {
        // SAFETY: the buffer is the array's own storage, writable for the call.
        let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { break }
        bytes += chunk[..<count]
      }
      return bytes
    }
  }
}
