/// A picture as a file holds it.
///
/// A page shows it in an `img` element out of itself: there no script of an SVG runs, and nothing is loaded.
public struct PlotImage: Sendable, Hashable {
  public enum MediaType: String, Sendable, Hashable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    case svg = "image/svg+xml"
  }

  public var mediaType: MediaType
  public var bytes: [UInt8]
  /// A description for readers who cannot see the picture.
  public var alternative: String

  public init(mediaType: MediaType, bytes: [UInt8], alternative: String) {
    self.mediaType = mediaType
    self.bytes = bytes
    self.alternative = alternative
  }

  /// The file as an address within the page: letters, digits and `:;,+/=` only.
  var dataURL: String { "data:\(mediaType.rawValue);base64,\(Base64.encode(bytes))" }
}
