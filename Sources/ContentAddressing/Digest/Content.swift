/// The identity of a piece of content: its digest and, beside it, its size.
///
/// Two contents are the same exactly when both agree; the size lets a reader refuse a wrong file
/// before hashing it.
public struct Content: Hashable, Sendable {
  /// The SHA-256 of the bytes.
  public let digest: Digest

  /// The number of bytes, at least zero.
  public let byteCount: Int

  public init(digest: Digest, byteCount: Int) {
    self.digest = digest
    self.byteCount = byteCount
  }

  /// The identity of `bytes`.
  public init(of bytes: [UInt8]) {
    self.init(digest: Digest(of: bytes), byteCount: bytes.count)
  }
}
