internal import CZlib

extension InflateStream {
  /// Reads compressed bytes and hands out the payload they yield.
  ///
  /// - Parameters:
  ///   - input: The next bytes, any number of them.
  ///   - sink: Called with each chunk in order. The chunk must not outlive the call.
  /// - Throws: ``CompressionError``, or what `sink` throws.
  /// - Complexity: O(*n*) in the sizes of input and payload.
  public mutating func push(_ input: Span<UInt8>, to sink: (Span<UInt8>) throws -> Void) throws {
    guard !input.isEmpty else { return }
    switch state {
    case .failed(let error): throw error
    case .identity: try passThrough(input, to: sink)
    case .inflating, .ended: try inflate(input, to: sink)
    case .detecting(let first): try detect(first, input, to: sink)
    }
  }

  /// Decides by the first two bytes whether the payload is wrapped.
  private mutating func detect(
    _ first: UInt8?, _ input: Span<UInt8>, to sink: (Span<UInt8>) throws -> Void
  ) throws {
    let held: [UInt8] = first.map { [$0] } ?? []
    let head = held + (0..<min(2, input.count)).map { input[$0] }
    guard head.count >= 2 else {
      state = .detecting(head[0])
      return
    }
    let isGzip = head[0] == Encoding.gzipMagic.0 && head[1] == Encoding.gzipMagic.1
    encoding = isGzip ? .gzip : .identity
    state = isGzip ? .inflating : .identity
    try push(held.span, to: sink)
    try push(input, to: sink)
  }

  /// Hands out bytes as they are, within the budget.
  mutating func passThrough(_ input: Span<UInt8>, to sink: (Span<UInt8>) throws -> Void) throws {
    inputCount += input.count
    guard input.count <= budget - outputCount else { throw fail(.overBudget(budget)) }
    outputCount += input.count
    try sink(input)
  }

  /// Feeds zlib until it has taken all input.
  private mutating func inflate(_ input: Span<UInt8>, to sink: (Span<UInt8>) throws -> Void) throws
  {
    // SAFETY: zlib reads from the span only inside this call, at most `avail_in` bytes from
    // `next_in`, and writes at most `avail_out` bytes to the owned buffer.
    try unsafe input.withUnsafeBufferPointer { bytes in
      var offset = 0
      while offset < bytes.count {
        if state == .ended { try unsafe beginMember(first: bytes[offset]) }
        let piece = unsafe UnsafeBufferPointer(rebasing: bytes[offset...].prefix(1 << 30))
        offset += try unsafe inflateUntilEnd(piece, to: sink)
      }
    }
  }

  /// Prepares for another member after one that ended.
  private mutating func beginMember(first: UInt8) throws(CompressionError) {
    guard encoding == .gzip, first == Encoding.gzipMagic.0 else { throw fail(.trailingBytes) }
    guard members == .many else { throw fail(.additionalMember) }
    // SAFETY: the stream is initialized.
    unsafe inflateReset(stream)
    state = .inflating
  }

  /// Inflates up to the end of `piece` or of the member; returns how many bytes were taken.
  private mutating func inflateUntilEnd(
    _ piece: UnsafeBufferPointer<UInt8>, to sink: (Span<UInt8>) throws -> Void
  ) throws -> Int {
    // SAFETY: see `inflate`; `piece` has at most 2^30 bytes, which fit `avail_in`.
    unsafe stream.pointee.next_in = piece.baseAddress
    unsafe stream.pointee.avail_in = UInt32(piece.count)
    var taken = 0
    while true {
      // One byte more than the budget is offered, so that an excess is seen, not guessed.
      let room = unsafe min(buffer.count, budget - outputCount + 1)
      unsafe stream.pointee.next_out = buffer.baseAddress
      unsafe stream.pointee.avail_out = UInt32(room)
      let status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      let rest = unsafe Int(stream.pointee.avail_in)
      inputCount += piece.count - rest - taken
      taken = piece.count - rest
      let produced = unsafe room - Int(stream.pointee.avail_out)
      guard outputCount + produced <= budget else { throw fail(.overBudget(budget)) }
      if produced > 0 {
        outputCount += produced
        try unsafe sink(UnsafeBufferPointer(rebasing: buffer[..<produced]).span)
      }
      switch status {
      case Z_OK:
        if rest == 0, produced < room { return taken }
      case Z_BUF_ERROR:
        // No progress was possible: everything is taken and nothing more is due.
        return taken
      case Z_STREAM_END:
        memberCount += 1
        state = .ended
        return taken
      case Z_MEM_ERROR:
        throw fail(.outOfMemory)
      default:
        let details = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? ""
        let isHeader = outputCount == 0 && memberCount == 0 && inputCount <= 4
        throw fail(isHeader ? .badHeader : .corrupt, details: details)
      }
    }
  }
}
