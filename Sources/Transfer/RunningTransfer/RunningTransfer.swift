internal import CCurl

/// One transfer while it lasts: what libcurl's callbacks are told and find out.
///
/// A class, because libcurl keeps one untyped pointer to it while `run` is on the stack.
final class RunningTransfer {
  let request: TransferRequest
  let handle: EasyHandle
  let isCancelled: () -> Bool
  let progress: (TransferProgress) -> Void
  let begin: (TransferResponse) throws -> Void
  let sink: (Span<UInt8>) throws -> Void

  /// The value of `Content-Range` in the latest header, if there was one.
  var contentRange: ContentRange?

  /// What the latest answer said, known at its first byte or at the end.
  var response: TransferResponse?

  /// How many bytes the sink was given.
  var receivedByteCount = 0

  /// Why a callback ended the transfer.
  var failure: (any Error)?

  init(
    _ request: TransferRequest, isCancelled: @escaping () -> Bool,
    progress: @escaping (TransferProgress) -> Void,
    begin: @escaping (TransferResponse) throws -> Void,
    sink: @escaping (Span<UInt8>) throws -> Void
  ) throws(TransferError) {
    guard TransferLibrary.isLoaded, let handle = EasyHandle() else {
      throw TransferError(
        code: .library(Int(CURLE_FAILED_INIT.rawValue)), url: request.url, receivedByteCount: 0,
        details: TransferLibrary.isLoaded
          ? "" : "libcurl.so.4 is missing; install it: apt-get install libcurl4")
    }
    self.handle = handle
    self.request = request
    self.isCancelled = isCancelled
    self.progress = progress
    self.begin = begin
    self.sink = sink
  }

  /// Runs the transfer to its end.
  func run() throws -> TransferResponse {
    guard let scheme = request.scheme else { throw error(.unsupportedURL) }
    guard !isCancelled() else { throw error(.cancelled) }
    try configure(scheme: scheme)
    var code = handle.perform()
    // libcurl does not open a file again after a signal, nor say that there was one.
    var attempts = 1
    while code == CURLE_FILE_COULDNT_READ_FILE, receivedByteCount == 0, failure == nil, attempts < 3
    {
      code = handle.perform()
      attempts += 1
    }
    if let failure { throw failure }
    guard code == CURLE_OK else { throw error(Self.meaning(of: code, status: handle.status)) }
    // A body without bytes never reached the write callback.
    let response = try self.response ?? answer()
    // libcurl checks this for http; reading a folder as a file gives nothing and no error.
    if let total = response.totalByteCount, position != total { throw error(.truncated) }
    progress(TransferProgress(byteCount: position, totalByteCount: response.totalByteCount))
    return response
  }

  /// How many bytes of the resource the caller has.
  var position: Int { (response?.offset ?? request.resumeOffset) + receivedByteCount }

  /// A failure of this transfer, with libcurl's words if it has some.
  func error(_ code: TransferError.Code) -> TransferError {
    TransferError(
      code: code, url: request.url, receivedByteCount: receivedByteCount, details: handle.details)
  }
}
