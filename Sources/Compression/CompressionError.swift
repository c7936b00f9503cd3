/// A failure of a compressed stream.
public struct CompressionError: Error, Hashable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// The stream does not begin as its encoding demands.
    case badHeader

    /// The compressed bytes contradict themselves, or the payload its checksum or length.
    case corrupt

    /// The input ended before the stream did.
    case truncated

    /// The stream ended before the input did.
    case trailingBytes

    /// A second member follows the first, and only one was declared.
    case additionalMember

    /// The payload is longer than the caller allows.
    case overBudget(Int)

    /// The file cannot be opened or read; the number is the system's `errno`.
    case unreadable(Int)

    /// The library found no memory for its state.
    case outOfMemory
  }

  /// What went wrong.
  public let code: Code

  /// How many compressed bytes had been read; the place of the mistake is at or before it.
  public let inputOffset: Int

  /// How many payload bytes had been handed out.
  public let outputCount: Int

  /// The library's own words, empty when it has none.
  public let details: String

  init(_ code: Code, inputOffset: Int, outputCount: Int, details: String = "") {
    self.code = code
    self.inputOffset = inputOffset
    self.outputCount = outputCount
    self.details = details
  }
}

extension CompressionError: CustomStringConvertible {
  public var description: String {
    switch code {
    case .badHeader:
      "the stream does not begin like a compressed one; is it another format?"
    case .corrupt:
      "the compressed stream is damaged before byte \(inputOffset)"
        + (details.isEmpty ? "" : " (\(details))") + "; fetch it again"
    case .truncated:
      "the compressed stream ends too early, after \(inputOffset) bytes; fetch it again"
    case .trailingBytes:
      "bytes follow the end of the compressed stream, near byte \(inputOffset); refused"
    case .additionalMember:
      "a second gzip member begins near byte \(inputOffset); only one was declared"
    case .overBudget(let limit):
      "the payload is longer than the \(limit) bytes that were declared; refused"
    case .unreadable:
      "the file cannot be read" + (details.isEmpty ? "" : " (\(details))")
    case .outOfMemory:
      "no memory for the state of the compressed stream"
    }
  }
}
