internal import CCurl

extension RunningTransfer {
  /// Sets every option of the transfer.
  func configure(scheme: String) throws {
    // After redirects a secure transfer stays secure, and no redirect leads into the file system.
    let redirects = scheme == "http" ? "http,https" : "https"
    // Both lists must hold a scheme for a redirect to lead there.
    let protocols = scheme == "file" ? "file" : redirects
    let strings: [(CURLoption, String)] = [
      (CURLOPT_URL, request.url),
      (CURLOPT_PROTOCOLS_STR, protocols),
      (CURLOPT_REDIR_PROTOCOLS_STR, redirects),
      (CURLOPT_USERAGENT, request.userAgent),
    ]
    for (option, value) in strings { try check(handle.set(option, value)) }
    // Verification is libcurl's default; written out because everything here rests on it.
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_MAXREDIRS, request.maximumRedirects),
      (CURLOPT_CONNECTTIMEOUT, request.connectTimeout),
      (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, request.idleTimeout),
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_NOPROGRESS, 0), (CURLOPT_BUFFERSIZE, 128 << 10),
    ]
    for (option, value) in numbers { try check(handle.set(option, value)) }
    if request.resumeOffset > 0 {
      try check(handle.set(CURLOPT_RANGE, "\(request.resumeOffset)-"))
    }
    if let file = request.authoritiesFile {
      try check(handle.set(CURLOPT_CAINFO, file))
      try check(handle.set(CURLOPT_CAPATH, nil))
    }
    try check(handle.setCallbacks(of: self))
  }

  private func check(_ code: CURLcode) throws(TransferError) {
    guard code == CURLE_OK else { throw error(Self.meaning(of: code, status: handle.status)) }
  }

  /// What one of libcurl's codes means.
  static func meaning(of code: CURLcode, status: Int) -> TransferError.Code {
    switch code {
    case CURLE_URL_MALFORMAT: .unsupportedURL
    case CURLE_UNSUPPORTED_PROTOCOL:
      (300..<400).contains(status) ? .redirectRefused : .unsupportedURL
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .couldNotResolve
    case CURLE_COULDNT_CONNECT: .couldNotConnect
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      .certificateRefused
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED:
      .secureConnectionFailed
    case CURLE_TOO_MANY_REDIRECTS: .tooManyRedirects
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING,
      CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_READ_ERROR:
      .truncated
    case CURLE_FILE_COULDNT_READ_FILE, CURLE_REMOTE_FILE_NOT_FOUND: .unreadableFile
    case CURLE_BAD_DOWNLOAD_RESUME, CURLE_RANGE_ERROR: .rangeNotSatisfiable
    case CURLE_FILESIZE_EXCEEDED: .overLimit(0)
    case CURLE_ABORTED_BY_CALLBACK: .cancelled
    default: .library(Int(code.rawValue))
    }
  }
}
