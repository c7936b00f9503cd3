internal import ElementaryFunctions

/// One axis of a chart: the range of values it shows and the positions of its ticks.
struct AxisScale {
  /// A place on the axis with its label.
  struct Tick {
    var value: Double
    var label: String
  }

  var lower: Double
  var upper: Double
  var ticks: [Tick]

  /// Chooses ticks at multiples of 1, 2 or 5 · 10ⁿ inside `lower ... upper`.
  ///
  /// Everything is computed from decimal digits and whole numbers: no logarithm of a C library has any
  /// influence on the position or text of a tick.
  ///
  /// - Parameters:
  ///   - lower: The least value shown.
  ///   - upper: The greatest value shown.
  ///   - count: About how many ticks to aim at.
  ///   - isPercent: Whether labels are written as parts of a hundred.
  ///   - isWhole: Whether only whole numbers are marked.
  init(lower: Double, upper: Double, count: Int, isPercent: Bool = false, isWhole: Bool = false) {
    (self.lower, self.upper) = Self.opened(lower, upper)
    ticks = []
    let rough = (self.upper - self.lower) / Double(max(count, 1))
    guard var step = Self.step(atLeast: rough) else { return }
    if isWhole, step.exponent < 0 { step = (1, 0) }
    let size = Self.scaled(step.mantissa, step.exponent)
    let first = (self.lower / size).rounded(.up)
    let last = (self.upper / size).rounded(.down)
    guard first.isFinite, last.isFinite, abs(first) < 1e15, last - first < 1000 else { return }
    for multiple in stride(from: Int(first), through: Int(last), by: 1) {
      let mantissa = multiple * step.mantissa
      ticks.append(
        Tick(
          value: Self.scaled(mantissa, step.exponent),
          label: Self.label(mantissa, step.exponent, isPercent: isPercent)))
    }
  }

  /// The position of `value` between the ends, 0 … 1.
  func position(of value: Double) -> Double { (value - lower) / (upper - lower) }

  /// Widens an empty range, to avoid a division by zero.
  private static func opened(_ lower: Double, _ upper: Double) -> (Double, Double) {
    guard lower.isFinite, upper.isFinite, lower <= upper else { return (0, 1) }
    if upper - lower > abs(upper) * 1e-12 { return (lower, upper) }
    let margin = lower == 0 ? 0.5 : abs(lower) / 2
    return (lower - margin, upper + margin)
  }

  /// The smallest of 1, 2, 5 · 10ⁿ that is at least `rough`.
  private static func step(atLeast rough: Double) -> (mantissa: Int, exponent: Int)? {
    guard rough > 0, let digits = DecimalDigits(rough) else { return nil }
    let exponent = digits.exponent - 1
    for mantissa in [1, 2, 5] where scaled(mantissa, exponent) >= rough {
      return (mantissa, exponent)
    }
    return (1, exponent + 1)
  }

  /// `mantissa · 10^exponent`, rounded once where the power is exact.
  static func scaled(_ mantissa: Int, _ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }

  private static func label(_ mantissa: Int, _ exponent: Int, isPercent: Bool) -> String {
    let exponent = isPercent ? exponent + 2 : exponent
    if exponent >= 0, exponent <= 8, abs(mantissa) < 1_000_000 {
      let whole = scaled(mantissa, exponent)
      let text = abs(whole) < 1e9 ? NumberText.count(Int(whole)) : NumberText.significant(whole, 6)
      return text + (isPercent ? "%" : "")
    }
    if (-5...6).contains(exponent) {
      return NumberText.fixed(scaled(mantissa, exponent), decimals: max(-exponent, 0))
        + (isPercent ? "%" : "")
    }
    return NumberText.significant(scaled(mantissa, exponent), 6) + (isPercent ? "%" : "")
  }
}
