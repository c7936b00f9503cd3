/// How a payload may be wrapped.
public enum Encoding: Hashable, Sendable {
  /// Gzip if the first two bytes are its magic number, else the bytes as they are.
  case automatic

  /// RFC 1952.
  case gzip

  /// RFC 1950.
  case zlib

  /// Not compressed: the bytes pass through, within the budget.
  case identity

  /// The two bytes every gzip stream begins with.
  static let gzipMagic: (UInt8, UInt8) = (0x1F, 0x8B)

  /// What zlib wants to hear: the window's logarithm, plus 16 for a gzip wrapper.
  var windowBits: Int32 { self == .zlib ? 15 : 15 + 16 }
}
