public import ContentAddressing

/// A result that a run computed or reused: the key, and the digest of the record.
public struct ResultReference: Hashable, Sendable {
  public let key: Digest
  public let result: Digest

  public init(key: Digest, result: Digest) {
    self.key = key
    self.result = result
  }

  public init(_ record: ResultRecord) { self.init(key: record.key, result: record.digest) }
}
