internal import CZlib

/// Turns payload that arrives in pieces into a gzip or zlib stream.
///
/// A gzip header is always the same: no name, no time, unknown system. The compressed bytes are the
/// same for the same input, level and version of zlib, and only for those: an artifact that holds
/// them must name ``zlibVersion`` in its key.
@safe
public struct DeflateStream: ~Copyable {
  /// The version of the library in use, as `1.2.13`.
  public static var zlibVersion: String {
    // SAFETY: a constant string inside the library, always terminated.
    unsafe String(cString: CZlib.zlibVersion())
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let header: UnsafeMutablePointer<gz_header>
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var isFinished = false

  /// Creates a stream that has read nothing.
  ///
  /// - Parameters:
  ///   - encoding: `gzip` or `zlib`.
  ///   - level: 0 (stored) to 9 (smallest).
  /// - Throws: `outOfMemory`.
  public init(encoding: Encoding = .gzip, level: Int = 6) throws(CompressionError) {
    precondition(encoding == .gzip || encoding == .zlib)
    precondition((0...9).contains(level))
    // SAFETY: the allocations are owned by this value alone and freed in `deinit`; zlib keeps the
    // addresses of stream and header, which do not move.
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe header = .allocate(capacity: 1)
    unsafe header.initialize(to: gz_header())
    unsafe header.pointee.os = 255
    unsafe buffer = .allocate(capacity: 64 << 10)
    var status = unsafe czlib_deflate_init(stream, Int32(level), encoding.windowBits)
    if status == Z_OK, encoding == .gzip { status = unsafe deflateSetHeader(stream, header) }
    guard status == Z_OK else {
      throw CompressionError(.outOfMemory, inputOffset: 0, outputCount: 0)
    }
  }

  deinit {
    // SAFETY: `deflateEnd` accepts any initialized stream.
    unsafe deflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
    unsafe header.deinitialize(count: 1)
    unsafe header.deallocate()
    unsafe buffer.deallocate()
  }

  /// Compresses `input` and hands out what is ready.
  ///
  /// - Precondition: ``finish(to:)`` has not been called.
  public mutating func push(_ input: Span<UInt8>, to sink: (Span<UInt8>) throws -> Void) throws {
    precondition(!isFinished)
    // SAFETY: zlib reads the span only inside the closure, in pieces whose count fits `avail_in`.
    try unsafe input.withUnsafeBufferPointer { bytes in
      var offset = 0
      while offset < bytes.count {
        let piece = unsafe UnsafeBufferPointer(rebasing: bytes[offset...].prefix(1 << 30))
        unsafe stream.pointee.next_in = piece.baseAddress
        unsafe stream.pointee.avail_in = UInt32(piece.count)
        try drain(Z_NO_FLUSH, to: sink)
        offset += piece.count
      }
    }
  }

  /// Ends the stream and hands out its rest.
  public mutating func finish(to sink: (Span<UInt8>) throws -> Void) throws {
    precondition(!isFinished)
    isFinished = true
    unsafe stream.pointee.avail_in = 0
    try drain(Z_FINISH, to: sink)
  }

  /// Runs zlib until it has nothing more to hand out.
  private mutating func drain(_ flush: Int32, to sink: (Span<UInt8>) throws -> Void) throws {
    while true {
      // SAFETY: zlib writes at most `avail_out` bytes to the owned buffer.
      unsafe stream.pointee.next_out = buffer.baseAddress
      unsafe stream.pointee.avail_out = UInt32(buffer.count)
      unsafe deflate(stream, flush)
      let produced = unsafe buffer.count - Int(stream.pointee.avail_out)
      if produced > 0 {
        try unsafe sink(UnsafeBufferPointer(rebasing: buffer[..<produced]).span)
      }
      if unsafe produced < buffer.count { return }
    }
  }
}
