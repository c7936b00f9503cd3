internal import CZlib

/// Turns compressed bytes that arrive in pieces into payload, within a budget.
///
/// Bytes are pushed in and chunks come out to a closure, so that a download can hash and write what
/// it receives. What comes out does not depend on how the input was cut. Nothing beyond the budget is
/// ever handed out, and one byte beyond it ends the stream with an error: a bomb costs what was
/// declared and no more.
///
///     var stream = try InflateStream(budget: 47_040_016)
///     try stream.push(bytes.span) { chunk in … }
///     try stream.finish()
///
/// After an error the stream is dead: pushing further repeats the error.
@safe
public struct InflateStream: ~Copyable {
  /// Whether more than one gzip member may stand in a row.
  public enum Members: Hashable, Sendable {
    case one
    case many
  }

  /// Where the stream is.
  enum State: Hashable {
    /// The encoding is open; the first byte, if it came alone, is kept.
    case detecting(UInt8?)
    case identity
    case inflating
    /// A member ended; no byte of the next one has come.
    case ended
    case failed(CompressionError)
  }

  /// The most payload that may come out, in bytes.
  public let budget: Int

  /// How many compressed bytes have been read.
  public internal(set) var inputCount = 0

  /// How many payload bytes have been handed out.
  public internal(set) var outputCount = 0

  /// How many gzip or zlib streams have ended.
  public internal(set) var memberCount = 0

  let members: Members
  var encoding: Encoding
  var state: State

  /// zlib's state; it points back at this address, so it must not move.
  let stream: UnsafeMutablePointer<z_stream>

  /// Where chunks are assembled.
  let buffer: UnsafeMutableBufferPointer<UInt8>

  /// Creates a stream that has read nothing.
  ///
  /// - Parameters:
  ///   - encoding: How the payload is wrapped.
  ///   - members: Whether gzip members may follow each other.
  ///   - budget: The most payload that may come out, in bytes; at least 0.
  ///   - chunkSize: The most bytes handed out at once.
  /// - Throws: `outOfMemory`.
  public init(
    encoding: Encoding = .automatic, members: Members = .one, budget: Int,
    chunkSize: Int = 128 << 10
  ) throws(CompressionError) {
    precondition(budget >= 0 && chunkSize > 0)
    self.budget = budget
    self.members = members
    self.encoding = encoding
    state =
      switch encoding {
      case .automatic: .detecting(nil)
      case .identity: .identity
      case .gzip, .zlib: .inflating
      }
    // SAFETY: both allocations are owned by this value alone and freed in `deinit`; the stream is
    // initialized before zlib sees it, zero meaning "use the default allocator".
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe buffer = .allocate(capacity: chunkSize)
    let status = unsafe czlib_inflate_init(stream, encoding.windowBits)
    if status != Z_OK {
      let error = CompressionError(.outOfMemory, inputOffset: 0, outputCount: 0)
      state = .failed(error)
      throw error
    }
  }

  deinit {
    // SAFETY: `inflateEnd` accepts any initialized stream, one whose initialization failed included.
    unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
    unsafe buffer.deallocate()
  }

  /// Whether the payload was wrapped, as far as that is known.
  public var isCompressed: Bool? {
    switch encoding {
    case .automatic: nil
    case .gzip, .zlib: true
    case .identity: false
    }
  }

  /// Ends the input.
  ///
  /// - Throws: `truncated` if the stream has not ended, or the error it already died of.
  public mutating func finish(
    to sink: (Span<UInt8>) throws -> Void = { _ in }
  ) throws {
    switch state {
    case .failed(let error): throw error
    case .ended, .identity: return
    case .inflating:
      throw fail(inputCount == 0 ? .badHeader : .truncated)
    case .detecting(let first):
      encoding = .identity
      state = .identity
      if let first { try passThrough([first].span, to: sink) }
    }
  }

  /// Remembers a failure and returns it.
  mutating func fail(_ code: CompressionError.Code, details: String = "") -> CompressionError {
    let error = CompressionError(
      code, inputOffset: inputCount, outputCount: outputCount, details: details)
    state = .failed(error)
    return error
  }
}
