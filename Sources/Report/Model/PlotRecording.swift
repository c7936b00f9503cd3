/// A sound or a film as a file holds it.
///
/// A page plays it in an `audio` or `video` element out of itself: nothing is loaded, and nothing plays unasked.
public struct PlotRecording: Sendable, Hashable {
  public enum MediaType: String, Sendable, Hashable {
    case wav = "audio/wav"
    case mp3 = "audio/mpeg"
    case ogg = "audio/ogg"
    case flac = "audio/flac"
    case m4a = "audio/mp4"
    case mp4 = "video/mp4"
    case webm = "video/webm"

    /// Whether there is something to see.
    public var isVideo: Bool { self == .mp4 || self == .webm }
  }

  public var mediaType: MediaType
  public var bytes: [UInt8]
  /// What somebody who does not hear or see it should know of it.
  public var alternative: String

  public init(mediaType: MediaType, bytes: [UInt8], alternative: String) {
    self.mediaType = mediaType
    self.bytes = bytes
    self.alternative = alternative
  }

  /// The recording as an address within the page: letters, digits and `:;,+/=` only.
  var dataURL: String { "data:\(mediaType.rawValue);base64,\(Base64.encode(bytes))" }
}
