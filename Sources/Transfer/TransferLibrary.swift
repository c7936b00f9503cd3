internal import CCurl

/// The library underneath, loaded at its first use.
public enum TransferLibrary {
  /// Whether libcurl is there and set up; looked for once in a process.
  static let isLoaded = ccurl_load() != 0

  /// Its version, for example `7.88.1`, or `nil` where it is not installed.
  public static var version: String? {
    guard isLoaded else { return nil }
    // SAFETY: a terminated string that belongs to the library.
    let text = unsafe String(cString: ccurl_version())
    // "libcurl/7.88.1 OpenSSL/3.0.17 …"
    let name = text.prefix { $0 != " " }
    return String(name.drop { $0 != "/" }.dropFirst())
  }
}
