internal import CCurl

extension RunningTransfer {
  /// Takes in one header line.
  func receiveHeader(_ line: String) {
    if line.hasPrefix("HTTP/") {
      // Another answer begins, after a redirect or a proxy's own.
      contentRange = nil
    } else if let range = ContentRange(headerLine: line) {
      contentRange = range
    }
  }

  /// Takes in a piece of the body; `false` ends the transfer.
  func receiveBody(_ bytes: Span<UInt8>) -> Bool {
    do {
      guard !isCancelled() else { throw error(.cancelled) }
      if response == nil { _ = try answer() }
      if let limit = request.byteLimit, bytes.count > limit - position {
        throw error(.overLimit(limit))
      }
      try sink(bytes)
      receivedByteCount += bytes.count
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// Says how far the transfer is; `false` ends it.
  func continues() -> Bool {
    guard !isCancelled() else {
      failure = failure ?? error(.cancelled)
      return false
    }
    if let response {
      progress(TransferProgress(byteCount: position, totalByteCount: response.totalByteCount))
    }
    return true
  }

  /// Judges the answer's header and tells the caller where the body belongs.
  func answer() throws -> TransferResponse {
    let status = handle.status
    let length = handle.announcedByteCount
    var offset = 0
    var total = length
    switch status {
    case 0:
      // A file: libcurl has moved to the offset and announces the rest; a folder has no size.
      guard length != nil else { throw error(.unreadableFile) }
      offset = request.resumeOffset
      total = length.map { $0 + offset }
    case 200: break
    case 206:
      guard let range = contentRange, request.resumeOffset > 0,
        range.first == request.resumeOffset, range.reachesEnd,
        length == nil || length == range.last - range.first + 1
      else { throw error(.wrongRange) }
      offset = range.first
      total = range.last + 1
    case 416: throw error(.rangeNotSatisfiable)
    default: throw error(.status(status))
    }
    if let limit = request.byteLimit, let total, total > limit { throw error(.overLimit(limit)) }
    let response = TransferResponse(
      status: status, offset: offset, totalByteCount: total, url: handle.finalURL ?? request.url)
    self.response = response
    try begin(response)
    return response
  }
}
