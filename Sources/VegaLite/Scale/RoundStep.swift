internal import ElementaryFunctions

/// 1, 2 or 5 times a power of ten.
struct RoundStep {
  private let mantissa: Int
  private let exponent: Int

  /// The least that is not below `size`; `nil` for what is no size.
  init?(atLeast size: Double) {
    guard size > 0, size.isFinite else { return nil }
    var exponent = Int((Elementary.log(size) / 2.302585092994046).rounded(.down)) - 1
    while true {
      for mantissa in [1, 2, 5] where Self.scaled(mantissa, exponent) >= size * (1 - 1e-12) {
        (self.mantissa, self.exponent) = (mantissa, exponent)
        return
      }
      exponent += 1
    }
  }

  var value: Double { Self.scaled(mantissa, exponent) }

  /// A multiple, rounded once, so that it is written without a tail of digits.
  func times(_ multiple: Int) -> Double { Self.scaled(mantissa * multiple, exponent) }

  private static func scaled(_ mantissa: Int, _ exponent: Int) -> Double {
    let power = Elementary.power(10, abs(exponent))
    return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }
}
