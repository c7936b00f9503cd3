/// Logarithms for the places of marks on an axis: only + − × ÷, so the same on every machine.
enum Logarithm {
  /// The natural logarithm to about fifteen digits, for `value` > 0.
  static func natural(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return .nan }
    // value = s · 2^e with 1 ≤ s < 2; ln s = 2 artanh((s − 1)/(s + 1)), whose series converges as 9⁻ⁿ.
    let t = (value.significand - 1) / (value.significand + 1)
    var power = t
    var sum = 0.0
    for odd in stride(from: 1.0, through: 37, by: 2) {
      sum += power / odd
      power *= t * t
    }
    return 2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3
  }
}
