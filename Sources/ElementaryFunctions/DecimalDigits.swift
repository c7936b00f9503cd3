/// A finite number as its shortest decimal digits: ±0.d₁d₂d₃… · 10^exponent.
///
/// The digits are those of `Double.description`, which are the fewest that name the number and do
/// not depend on locale or machine. Rounding works on these digits, half away from zero, so that
/// what a reader sees is what he would get by rounding the printed number by hand.
public struct DecimalDigits: Hashable, Sendable {
  public var isNegative: Bool
  /// Without leading or trailing zeros; empty for zero.
  public var digits: [UInt8]
  /// The place of the decimal point relative to the first digit.
  public var exponent: Int

  /// Takes a number apart, or gives `nil` for infinities and what is no number.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value < 0
    digits = []
    exponent = 0
    var pointSeen = false
    var scientific = 0
    var scientificSign = 1
    var inScientific = false
    var integerDigits = 0
    for byte in abs(value).description.utf8 {
      switch byte {
      case UInt8(ascii: "."): pointSeen = true
      case UInt8(ascii: "e"): inScientific = true
      case UInt8(ascii: "-"): scientificSign = -1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if inScientific {
          scientific = scientific * 10 + Int(digit)
        } else {
          digits.append(digit)
          if !pointSeen { integerDigits += 1 }
        }
      default: break
      }
    }
    exponent = integerDigits + scientific * scientificSign
    normalize()
  }

  /// Drops zeros at both ends; the number stays the same.
  private mutating func normalize() {
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      exponent = 0
      isNegative = false
    }
  }

  /// Keeps `count` digits, half away from zero; fewer stay as they are.
  ///
  /// - Parameters:
  ///   - count: How many, from the first that is not zero.
  ///   - halvesGoDown: What is half a unit in these digits goes towards zero, since the number itself lies below.
  public mutating func round(toSignificant count: Int, halvesGoDown: Bool = false) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return normalize()
    }
    let isHalf = digits[count] == 5 && count + 1 == digits.count
    let roundsUp = digits[count] >= 5 && !(isHalf && halvesGoDown)
    digits.removeSubrange(count...)
    if roundsUp {
      var place = count - 1
      while place >= 0, digits[place] == 9 {
        digits[place] = 0
        place -= 1
      }
      if place >= 0 {
        digits[place] += 1
      } else {
        digits.insert(1, at: 0)
        exponent += 1
      }
    }
    normalize()
  }

  /// Keeps `count` digits behind the decimal point, half away from zero.
  public mutating func round(toDecimals count: Int) { round(toSignificant: exponent + count) }
}
