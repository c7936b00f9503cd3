/// What to fetch, and within which limits.
public struct TransferRequest: Hashable, Sendable {
  /// An `https:`, `http:` or `file:` URL, percent-encoded.
  public var url: String

  /// How many bytes of the resource the caller has already; the answer may still begin at 0.
  public var resumeOffset: Int

  /// The most bytes the whole resource may have, `resumeOffset` included; one more ends the transfer.
  public var byteLimit: Int?

  /// How long a connection may take to be made, in seconds.
  public var connectTimeout = 30

  /// How long nothing may arrive, in seconds.
  public var idleTimeout = 60

  /// How many redirects are followed. From https they lead to https only.
  public var maximumRedirects = 5

  /// What the server is told about who asks.
  public var userAgent = "pipeline"

  /// A PEM file with the authorities to trust instead of the system's.
  ///
  /// There is no way to switch the check of certificates off.
  public var authoritiesFile: String?

  /// Creates a request for the whole resource at `url`, or for what is missing of it.
  public init(url: String, resumeOffset: Int = 0, byteLimit: Int? = nil) {
    precondition(resumeOffset >= 0 && (byteLimit ?? 0) >= 0)
    self.url = url
    self.resumeOffset = resumeOffset
    self.byteLimit = byteLimit
  }

  /// The scheme of `url` in lower case, or `nil` if this target does not speak it.
  var scheme: String? {
    guard let colon = url.firstIndex(of: ":") else { return nil }
    let scheme = url[..<colon].lowercased()
    return ["https", "http", "file"].contains(scheme) ? scheme : nil
  }

  /// The `file:` URL of an absolute path, each byte but the unreserved ones and `/` percent-encoded.
  ///
  /// - Precondition: `path` begins with `/`.
  public static func fileURL(forPath path: String) -> String {
    precondition(path.hasPrefix("/"))
    return "file://" + percentEncoded(path)
  }

  /// A path in the form a URL can hold: all but letters, digits, `-._~/` percent-encoded.
  public static func percentEncoded(_ path: String) -> String {
    var text = ""
    let digits = Array("0123456789ABCDEF")
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return text
  }
}
