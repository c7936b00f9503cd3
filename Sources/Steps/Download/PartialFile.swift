internal import Pipeline
internal import SystemPackage

/// The bytes received from one source so far, kept across interruptions.
///
/// The bytes are a hint: the resulting file is hashed, and discarded if it is wrong.
struct PartialFile {
  private let path: FilePath

  /// - Throws: `Errno` if the folder cannot be made.
  init(folder: FilePath, name: String) throws {
    path = folder.appending(name)
  }

  /// The number of bytes kept, zero where there is no file.
  var byteCount: Int {
    guard let file = try? FileDescriptor.open(path, .readOnly) else { return 0 }
    defer { try? file.close() }
    return Int((try? file.seek(offset: 0, from: .end)) ?? 0)
  }

  func append(_ bytes: Span<UInt8>) throws {
    try named {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
      // SAFETY: the span's memory is only read, during the call.
      _ = try file.closeAfter {
        try unsafe bytes.withUnsafeBytes { try unsafe file.writeAll($0) }
      }
    }
  }

  /// Runs a file operation; an error number becomes a failure that names the file.
  private func named<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let errno as Errno {
      throw StepFailure(
        .inputOutput, "\(path): \(errno); what was fetched so far is kept where it could be written"
      )
    }
  }

  /// Discards the kept bytes.
  func clear() throws {
    guard byteCount > 0 else { return }
    try named {
      let file = try FileDescriptor.open(path, .writeOnly, options: [.truncate])
      try file.close()
    }
  }

  /// Passes on the kept bytes, in order.
  func forEachChunk(_ body: (Span<UInt8>) throws -> Void) throws {
    guard byteCount > 0 else { return }
    let file = try named { try FileDescriptor.open(path, .readOnly) }
    try file.closeAfter {
      var chunk = [UInt8](repeating: 0, count: 1 << 17)
      while true {
        // SAFETY: the buffer is the array's own storage, writable for the call.
        let count = try named {
          try unsafe chunk.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        }
        if count == 0 { return }
        try body(chunk.span.extracting(first: count))
      }
    }
  }
}
