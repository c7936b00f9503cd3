/// The name of a run: a ULID, 26 characters that sort by the time of their making.
///
/// 48 bits of milliseconds since 1970, then 80 random bits, in Crockford's base 32.
public struct RunID: Hashable, Sendable {
  /// The first 64 and the last 64 of the 128 bits.
  private let high: UInt64
  private let low: UInt64

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes a name of a time and of random bits that the caller provides.
  ///
  /// - Parameters:
  ///   - milliseconds: Since 1970; the lower 48 bits count.
  ///   - randomBits: Two words; the lower 16 bits of the first and all of the second count.
  public init(milliseconds: UInt64, randomBits: (UInt64, UInt64)) {
    high = milliseconds << 16 | randomBits.0 & 0xffff
    low = randomBits.1
  }

  /// Reads a name; `nil` for anything but the one written form.
  public init?(_ text: some StringProtocol) {
    let characters = Array(text.utf8)
    guard characters.count == 26, let first = characters.first, first <= UInt8(ascii: "7") else {
      return nil
    }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for character in characters {
      guard let digit = Self.alphabet.firstIndex(of: character) else { return nil }
      high = high << 5 | low >> 59
      low = low << 5 | UInt64(digit)
    }
    self.init(high: high, low: low)
  }

  /// When the name was made, in milliseconds since 1970.
  public var milliseconds: UInt64 { high >> 16 }

  /// The name that follows this one, for a clock that has gone backwards.
  var successor: RunID {
    RunID(high: low == .max ? high &+ 1 : high, low: low &+ 1)
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

extension RunID: Comparable {
  public static func < (left: RunID, right: RunID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension RunID: CustomStringConvertible {
  public var description: String {
    var high = high
    var low = low
    var characters: [UInt8] = []
    for _ in 0..<26 {
      characters.append(Self.alphabet[Int(low & 31)])
      low = low >> 5 | high << 59
      high >>= 5
    }
    return String(decoding: characters.reversed(), as: UTF8.self)
  }
}
