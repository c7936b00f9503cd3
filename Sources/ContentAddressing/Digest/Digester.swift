internal import CCrypto

/// A running SHA-256 over bytes that arrive in pieces.
///
/// The result does not depend on how the bytes are cut.
public struct Digester: Sendable {
  private var state = SHA256_CTX()

  /// The number of bytes taken in so far.
  public private(set) var byteCount: Int = 0

  public init() { unsafe SHA256_Init(&state) }

  /// Takes in further bytes.
  ///
  /// - Complexity: O(*n*), with the SHA instructions of the CPU where it has them.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    // SAFETY: the buffer is only read, and only during the call.
    unsafe SHA256_Update(&state, bytes.baseAddress, bytes.count)
    byteCount += bytes.count
  }

  /// Takes in further bytes.
  public mutating func update(_ bytes: some ContiguousBytesSequence) {
    // SAFETY: the pointer does not leave the closure.
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// The digest of everything taken in so far; more may follow.
  public func digest() -> Digest {
    var last = state
    var bytes = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    // SAFETY: the function writes the 32 bytes that the array has.
    unsafe SHA256_Final(&bytes, &last)
    return Digest(last32: bytes)
  }

  /// What was taken in so far, named: its digest with its size.
  public func content() -> Content { Content(digest: digest(), byteCount: byteCount) }
}

/// A sequence of bytes that lies in one piece of memory.
public protocol ContiguousBytesSequence {
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
}

extension [UInt8]: ContiguousBytesSequence {}
extension ArraySlice<UInt8>: ContiguousBytesSequence {}

extension Digest {
  /// The digest of `bytes`.
  public init(of bytes: some ContiguousBytesSequence) {
    var digester = Digester()
    digester.update(bytes)
    self = digester.digest()
  }

  /// The digest of the UTF-8 form of `text`.
  public init(of text: String) { self.init(of: Array(text.utf8)) }
}
