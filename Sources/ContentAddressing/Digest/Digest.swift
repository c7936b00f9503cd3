/// The SHA-256 of some bytes: their name.
///
/// Written `sha256:` and 64 lowercase hexadecimal digits. Ordered as the bytes are, so that a sorted
/// list of digests is the same everywhere.
public struct Digest: Hashable, Sendable {
  /// The 256 bits as four big-endian words, the first bytes first.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Creates the digest with the given 32 bytes, or `nil` for any other count.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    self.init(last32: bytes)
  }

  /// Creates the digest whose bytes are the last 32 given, with zeros before them where there are fewer.
  ///
  /// It cannot fail: what comes from the hash function itself has no other count.
  init(last32 bytes: some Sequence<UInt8>) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for byte in bytes {
      words.0 = words.0 << 8 | words.1 >> 56
      words.1 = words.1 << 8 | words.2 >> 56
      words.2 = words.2 << 8 | words.3 >> 56
      words.3 = words.3 << 8 | UInt64(byte)
    }
    self.words = words
  }

  /// Creates a digest from 64 lowercase hexadecimal digits, or `nil` for anything else.
  public init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = Self.nibble(digits[index]), let low = Self.nibble(digits[index + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    self.init(bytes: bytes)
  }

  /// Creates a digest from its written form `sha256:<64 hex digits>`, or `nil` for anything else.
  public init?(_ description: some StringProtocol) {
    guard description.hasPrefix(Self.prefix) else { return nil }
    self.init(hex: description.dropFirst(Self.prefix.count))
  }

  /// The 32 bytes, first byte first.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for word in [words.0, words.1, words.2, words.3] {
      var rest = word
      for _ in 0..<8 {
        bytes.append(UInt8(rest >> 56))
        rest <<= 8
      }
    }
    return bytes
  }

  /// The 64 lowercase hexadecimal digits, without the name of the algorithm.
  public var hex: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for byte in bytes {
      digits.append(Self.digit(byte >> 4))
      digits.append(Self.digit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The first twelve hexadecimal digits: enough to tell digests apart on a screen, never in a record.
  public var short: String { String(hex.prefix(12)) }

  private static let prefix = "sha256:"

  private static func nibble(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }

  // MARK: Hashable

  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}

extension Digest: Comparable {
  public static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }
}

extension Digest: CustomStringConvertible {
  public var description: String { Self.prefix + hex }
}
