/// What a server said before the first byte of the body.
public struct TransferResponse: Hashable, Sendable {
  /// The status code: 200 or 206; 0 for a `file:` URL.
  public let status: Int

  /// Where in the resource the bytes that follow begin: the offset asked for, or 0 if the server
  /// sends the whole resource anyway, and then what the caller has must be dropped.
  public let offset: Int

  /// The size of the whole resource in bytes, if it was announced.
  public let totalByteCount: Int?

  /// The URL that answered, after redirects.
  public let url: String
}

/// How far a transfer is.
public struct TransferProgress: Hashable, Sendable {
  /// How many bytes of the resource the caller has, those from before included.
  public let byteCount: Int

  /// The size of the whole resource in bytes, if it was announced.
  public let totalByteCount: Int?
}
