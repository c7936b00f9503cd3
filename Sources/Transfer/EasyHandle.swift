internal import CCurl

/// One of libcurl's transfers, freed exactly once.
@safe
struct EasyHandle: ~Copyable {
  private let handle: UnsafeMutableRawPointer

  /// Where libcurl writes what went wrong.
  private let message: UnsafeMutablePointer<CChar>

  /// Creates a transfer without a URL, or `nil` without memory.
  init?() {
    // SAFETY: the handle and the message are owned by this value alone and freed in `deinit`; the
    // message has the size that libcurl demands and begins terminated.
    guard let handle = unsafe ccurl_easy_init() else { return nil }
    unsafe self.handle = unsafe handle
    unsafe message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    _ = unsafe ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, message)
  }

  deinit {
    // SAFETY: the handle goes before the message it points at.
    unsafe ccurl_easy_cleanup(handle)
    unsafe message.deallocate()
  }

  /// Runs the transfer; returns when it has ended.
  func perform() -> CURLcode { unsafe ccurl_easy_perform(handle) }

  func set(_ option: CURLoption, _ value: Int) -> CURLcode {
    unsafe ccurl_set_long(handle, option, value)
  }

  /// Sets a text option; libcurl copies the text.
  func set(_ option: CURLoption, _ value: String?) -> CURLcode {
    guard let value else { return unsafe ccurl_set_string(handle, option, nil) }
    return unsafe ccurl_set_string(handle, option, value)
  }

  /// The status code of the latest answer, 0 where the scheme has none.
  var status: Int { unsafe ccurl_get_long(handle, CURLINFO_RESPONSE_CODE) }

  /// The size of the body in bytes, if it was announced.
  var announcedByteCount: Int? {
    let count = unsafe ccurl_get_offset(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
    return count < 0 ? nil : Int(count)
  }

  /// The URL after redirects.
  var finalURL: String? {
    // SAFETY: libcurl's text is terminated and lives as long as the handle.
    unsafe ccurl_get_string(handle, CURLINFO_EFFECTIVE_URL).map { unsafe String(cString: $0) }
  }

  /// What libcurl says went wrong.
  var details: String { unsafe String(cString: message) }

  /// Lets libcurl call `transfer`.
  ///
  /// - Precondition: `transfer` and this value outlive `perform`.
  func setCallbacks(of transfer: RunningTransfer) -> CURLcode {
    // SAFETY: `run` holds the transfer and the handle until `perform` has returned, and libcurl calls
    // back only inside `perform`.
    let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
    let codes = unsafe [
      ccurl_set_write(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
        guard let transfer = unsafe EasyHandle.transfer(context) else { return 0 }
        let text = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        unsafe transfer.receiveHeader(String(decoding: text, as: UTF8.self))
        return size * count
      },
      ccurl_set_write(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        guard let transfer = unsafe EasyHandle.transfer(context) else { return 0 }
        let raw = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        let buffer = unsafe raw.assumingMemoryBound(to: UInt8.self)
        return unsafe transfer.receiveBody(buffer.span) ? size * count : 0
      },
      ccurl_set_progress(handle) { context, _, _, _, _ in
        unsafe EasyHandle.transfer(context)?.continues() == true ? 0 : 1
      },
      ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context),
      ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context),
      ccurl_set_pointer(handle, CURLOPT_XFERINFODATA, context),
    ]
    return codes.first { $0 != CURLE_OK } ?? CURLE_OK
  }

  /// The transfer that libcurl's context pointer stands for; without one a callback fails the transfer.
  private static func transfer(_ context: UnsafeMutableRawPointer?) -> RunningTransfer? {
    guard let context = unsafe context else { return nil }
    // SAFETY: see `setCallbacks`.
    return unsafe Unmanaged<RunningTransfer>.fromOpaque(context).takeUnretainedValue()
  }
}
