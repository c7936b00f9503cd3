/// A failure of a transfer.
public struct TransferError: Error, Hashable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// Not an `https:`, `http:` or `file:` URL, or not a URL.
    case unsupportedURL
    case couldNotResolve
    case couldNotConnect
    case timedOut
    /// The secure connection could not be set up, for another reason than its certificate.
    case secureConnectionFailed
    /// The certificate is expired, for another host, or not signed by a known authority.
    case certificateRefused
    /// The server answered with a status other than 200 or 206.
    case status(Int)
    case tooManyRedirects
    /// A redirect leads away from https, or to a scheme that is not spoken.
    case redirectRefused
    /// The connection ended before the announced size had come.
    case truncated
    /// The file is absent, is a folder, or may not be read.
    case unreadableFile
    /// The server has no bytes at the offset asked for (status 416).
    case rangeNotSatisfiable
    /// Status 206 without the range that was asked for.
    case wrongRange
    /// The resource is longer than the limit.
    case overLimit(Int)
    /// The caller asked to stop.
    case cancelled
    /// Another failure of the library, by its number.
    case library(Int)
  }

  /// What a failure means for who asked.
  public enum Category: Hashable, Sendable {
    /// Nothing could be got from there.
    case unreachable
    /// Something was got, and it is not what was declared.
    case wrongContent
    /// What is already there cannot be continued; ask again from offset 0.
    case notResumable
    /// The caller asked to stop.
    case cancelled
  }

  /// What went wrong.
  public let code: Code

  /// The URL that was asked for.
  public let url: String

  /// How many bytes of the body had been handed out in this transfer.
  public let receivedByteCount: Int

  /// The library's own words, empty when it has none.
  public let details: String

  /// What the failure means for who asked.
  public var category: Category {
    switch code {
    case .overLimit: .wrongContent
    case .rangeNotSatisfiable, .wrongRange: .notResumable
    case .cancelled: .cancelled
    default: .unreachable
    }
  }
}

extension TransferError: CustomStringConvertible {
  public var description: String {
    let note = details.isEmpty ? "" : " (\(details))"
    return switch code {
    case .unsupportedURL: "\(url): not an https:, http: or file: URL\(note)"
    case .couldNotResolve: "\(url): the host's name could not be resolved\(note)"
    case .couldNotConnect: "\(url): no connection could be made\(note)"
    case .timedOut: "\(url): timed out after \(receivedByteCount) bytes\(note)"
    case .secureConnectionFailed: "\(url): no secure connection could be made\(note)"
    case .certificateRefused: "\(url): the server's certificate is not valid\(note)"
    case .status(let status): "\(url): the server answered with status \(status)"
    case .tooManyRedirects: "\(url): too many redirects\(note)"
    case .redirectRefused: "\(url): redirects to a scheme that is not allowed\(note)"
    case .truncated:
      "\(url): the connection ended too early, after \(receivedByteCount) bytes\(note)"
    case .unreadableFile: "\(url): the file is missing or cannot be read\(note)"
    case .rangeNotSatisfiable: "\(url): the server has nothing at the place to continue from"
    case .wrongRange: "\(url): the server answered with another range than was asked for"
    case .overLimit(let limit):
      "\(url): holds more than the \(limit) bytes that were declared; stopped"
    case .cancelled: "\(url): stopped on request"
    case .library(let number): "\(url): libcurl's error \(number)\(note)"
    }
  }
}
