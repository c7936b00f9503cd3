internal import ArtifactStore
internal import Compression
internal import ContentAddressing

/// The payload of a download on its way to the store: decompressed, counted, hashed and written.
struct Payload: ~Copyable {
  private var stream: InflateStream
  private var digester = Digester()
  let writer: BlobWriter

  /// - Throws: ``CompressionError`` without memory for the stream.
  init(file: DownloadStep.File, writer: BlobWriter) throws {
    stream = try InflateStream(
      encoding: file.isCompressed ? .automatic : .identity, budget: file.content.byteCount)
    self.writer = writer
  }

  /// The payload so far.
  var content: Content { digester.content() }
  var byteCount: Int { digester.byteCount }

  /// Takes in bytes as the source sent them.
  mutating func push(_ bytes: Span<UInt8>) throws {
    try stream.push(bytes) { [writer] chunk in
      try writer.append(chunk.bytes)
      unsafe chunk.withUnsafeBytes { unsafe digester.update($0) }
    }
  }

  /// Says that no more bytes will come.
  mutating func finish() throws {
    try stream.finish { [writer] chunk in
      try writer.append(chunk.bytes)
      unsafe chunk.withUnsafeBytes { unsafe digester.update($0) }
    }
  }

  /// Drops what was written.
  func abandon() { writer.abandon() }
}
