/// Fetches a resource, handing out its bytes as they arrive.
///
/// The bytes come exactly as the server sends them: nothing is decompressed. The calls are
/// synchronous, so that a slow sink slows the sender down and memory stays bounded. libcurl is set up
/// at the first call, not before. Proxies are taken from the environment, as libcurl does.
///
/// - Parameters:
///   - request: What to fetch.
///   - isCancelled: Asked at least once a second; `true` ends the transfer.
///   - progress: Told how far the transfer is, at least once a second while bytes arrive.
///   - begin: Called once, before the first byte. Its response says where that byte belongs.
///   - sink: Called with each chunk in order. The chunk must not outlive the call.
/// - Returns: The response that `begin` was told.
/// - Throws: ``TransferError``, or what `begin` or `sink` throws, unchanged.
@discardableResult
public func fetch(
  _ request: TransferRequest,
  isCancelled: () -> Bool = { false },
  progress: (TransferProgress) -> Void = { _ in },
  begin: (TransferResponse) throws -> Void = { _ in },
  sink: (Span<UInt8>) throws -> Void
) throws -> TransferResponse {
  try withoutActuallyEscaping(isCancelled) { isCancelled in
    try withoutActuallyEscaping(progress) { progress in
      try withoutActuallyEscaping(begin) { begin in
        try withoutActuallyEscaping(sink) { sink in
          let transfer = try RunningTransfer(
            request, isCancelled: isCancelled, progress: progress, begin: begin, sink: sink)
          return try transfer.run()
        }
      }
    }
  }
}
