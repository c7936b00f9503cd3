internal import ArtifactStore
internal import Compression
internal import ContentAddressing

/// The payload of a download on its way to the store: decompressed, counted, hashed and written.
struct Payload: ~Copyable {
  private var stream: InflateStream
  private let sink: PayloadSink

  /// - Throws: ``CompressionError`` without memory for the stream.
  init(file: DownloadStep.File, writer: BlobWriter) throws {
    stream = try InflateStream(
      encoding: file.isCompressed ? .automatic : .identity, budget: file.content.byteCount)
    sink = PayloadSink(writer: writer)
  }

  /// The payload so far.
  var content: Content { sink.digester.content() }
  var byteCount: Int { sink.digester.byteCount }

  /// What the payload was written with.
  var writer: BlobWriter { sink.writer }

  /// Accepts bytes as the source sent them.
  mutating func push(_ bytes: Span<UInt8>) throws {
    let sink = sink
    try stream.push(bytes) { try sink.take($0) }
  }

  /// Ends the input.
  mutating func finish() throws {
    let sink = sink
    try stream.finish { try sink.take($0) }
  }

  /// Discards the written bytes.
  func abandon() { sink.writer.abandon() }
}

/// Passes the payload, chunk by chunk, to the hash and to the store.
private final class PayloadSink {
  var digester = Digester()
  let writer: BlobWriter

  init(writer: BlobWriter) { self.writer = writer }

  func take(_ chunk: Span<UInt8>) throws {
    // SAFETY: the chunk is only read, during the call.
    unsafe chunk.withUnsafeBytes { unsafe digester.update($0) }
    try unsafe writer.append(chunk.bytes)
  }
}
