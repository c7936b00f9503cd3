/// A failure to read a PNG file.
public struct PNGError: Error, Hashable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// The bytes do not begin as a PNG file does.
    case noPNG
    /// The file is damaged, or ends too early.
    case malformed
    /// The file has more bytes than the caller allows.
    case fileOverBudget(limit: Int)
    /// The image has more pixels than the caller allows.
    case pixelsOverBudget(width: Int, height: Int, limit: Int)
    /// The file cannot be opened or read.
    case unreadable
    /// A pixel is not opaque, so that its colour depends on what would be behind it.
    case transparent
  }

  public let code: Code

  /// The library's own words, empty where it has none.
  public let details: String

  init(_ code: Code, details: String = "") {
    self.code = code
    self.details = details
  }
}

extension PNGError: CustomStringConvertible {
  public var description: String {
    switch code {
    case .noPNG: "the file is not a PNG image"
    case .malformed:
      "the PNG image is damaged\(details.isEmpty ? "" : " (\(details))"); make it again"
    case .fileOverBudget(let limit):
      "the file is larger than the \(limit) bytes that are allowed for one image; refused"
    case .pixelsOverBudget(let width, let height, let limit):
      "the image has \(width)×\(height) pixels, more than the \(limit) that are allowed; refused"
    case .unreadable: "the file cannot be read\(details.isEmpty ? "" : " (\(details))")"
    case .transparent:
      "the image has transparent pixels, whose colour is undefined; flatten it onto a background"
    }
  }
}
