internal import CCurl

/// The library underneath.
public enum TransferLibrary {
  /// Its version, for example `7.88.1`.
  public static var version: String {
    // SAFETY: a terminated string that belongs to the library.
    let text = unsafe String(cString: curl_version())
    // "libcurl/7.88.1 OpenSSL/3.0.17 …"
    let name = text.prefix { $0 != " " }
    return String(name.drop { $0 != "/" }.dropFirst())
  }
}
