/// A picture, a sound or a film as a file holds it.
///
/// A page shows it in an `img`, `audio` or `video` element out of itself: there no script of an SVG runs, nothing is
/// loaded, and nothing plays unasked.
public struct PlotFile: Sendable, Hashable {
  public enum MediaType: String, Sendable, Hashable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    case svg = "image/svg+xml"
    case wav = "audio/wav"
    case mp3 = "audio/mpeg"
    case ogg = "audio/ogg"
    case flac = "audio/flac"
    case m4a = "audio/mp4"
    case mp4 = "video/mp4"
    case webm = "video/webm"

    public var isImage: Bool { rawValue.hasPrefix("image/") }
    /// Whether it moves.
    public var isVideo: Bool { rawValue.hasPrefix("video/") }
  }

  public var mediaType: MediaType
  public var bytes: [UInt8]
  /// What somebody who does not see or hear it should know of it.
  public var alternative: String

  public init(mediaType: MediaType, bytes: [UInt8], alternative: String) {
    self.mediaType = mediaType
    self.bytes = bytes
    self.alternative = alternative
  }

  /// The file as an address within the page: letters, digits and `:;,+/=` only.
  var dataURL: String { "data:\(mediaType.rawValue);base64,\(Base64.encode(bytes))" }
}
