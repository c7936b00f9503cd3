/// Numbers for people: no locale, and an exponent only if needed.
enum Quantity {
  /// A duration, for example `0.42 s`, `3 min 05 s`, `1 h 20 min`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.0995: "\(fixed(seconds * 1000, 0)) ms"
    case ..<9.95: "\(fixed(seconds, 2)) s"
    case ..<59.5: "\(fixed(seconds, 1)) s"
    case ..<3600: "\(Int(seconds) / 60) min \(twoDigits(Int(seconds) % 60)) s"
    default: "\(Int(seconds) / 3600) h \(twoDigits(Int(seconds) % 3600 / 60)) min"
    }
  }

  /// A size in decimal units, for example `219.5 MB`.
  static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var value = Double(count)
    var unit = 0
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return "\(fixed(value, unit == 0 ? 0 : 1)) \(units[unit])"
  }

  /// A rate or count with a thousands suffix, for example `61.3 k`.
  static func count(_ value: Double) -> String {
    switch value {
    case ..<9999.5: fixed(value, 0)
    case ..<999_950: "\(fixed(value / 1000, 1)) k"
    default: "\(fixed(value / 1_000_000, 2)) M"
    }
  }

  /// A metric: a share as percent, anything else with four significant digits.
  static func metric(_ name: String, _ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    if isShare(name), (0...1).contains(value) { return "\(fixed(value * 100, 2)) %" }
    let magnitude = abs(value)
    if magnitude == 0 { return "0" }
    if magnitude >= 1e6 || magnitude < 1e-4 { return scientific(value) }
    let digits = magnitude >= 1000 ? 1 : magnitude >= 100 ? 2 : magnitude >= 1 ? 4 : 5
    return fixed(value, digits)
  }

  /// A number with four significant digits and an exponent, for example `1.156e-06`.
  private static func scientific(_ value: Double) -> String {
    var (digits, exponent) = (abs(value), 0)
    while digits >= 9.9995 {
      digits /= 10
      exponent += 1
    }
    while digits < 0.99995 {
      digits *= 10
      exponent -= 1
    }
    let power = "\(abs(exponent))".leftPadded(to: 2).replacing(" ", with: "0")
    return "\(value < 0 ? "-" : "")\(fixed(digits, 3))e\(exponent < 0 ? "-" : "+")\(power)"
  }

  private static func isShare(_ name: String) -> Bool {
    ["accuracy", "precision", "recall", "f1"].contains { name.contains($0) }
  }

  /// `value` with exactly `digits` decimals, rounded half away from zero.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (abs(value) * scale).rounded()
    let whole = Int(scaled / scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = "\(Int(scaled) - whole * Int(scale))"
    return "\(sign)\(whole)." + String(repeating: "0", count: max(0, digits - fraction.count))
      + fraction
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
