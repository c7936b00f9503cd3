extension NumberText {
  /// Writes a count with its digits in groups of three: `47,040,016`.
  static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// Writes a size in decimal units: `47.0 MB`.
  static func bytes(_ value: Int) -> String {
    guard value >= 1000 else { return "\(value) B" }
    var scaled = Double(value)
    var unit = "B"
    for next in ["kB", "MB", "GB", "TB", "PB", "EB"] where scaled >= 999.5 {
      scaled /= 1000
      unit = next
    }
    return fixed(scaled, decimals: scaled < 99.95 ? 1 : 0) + " " + unit
  }

  /// Writes a duration in the units that people say: `0.18 s`, `4 min 12 s`, `2 h 3 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "–" }
    if seconds < 0.0995 { return significant(seconds * 1000, 2) + " ms" }
    if seconds < 9.995 { return fixed(seconds, decimals: 2) + " s" }
    if seconds < 59.95 { return fixed(seconds, decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    if whole < 86_400 { return "\(whole / 3600) h \(whole % 3600 / 60) min" }
    return "\(whole / 86_400) d \(whole % 86_400 / 3600) h"
  }

  /// Writes a metric as its kind is usually read: rates in [0, 1] as percentages.
  static func metric(_ value: Double, named name: String) -> String {
    isRate(name) && value >= 0 && value <= 1 ? percent(value) : significant(value)
  }

  /// Writes the difference of two values of a metric: percentage points for rates.
  static func metricDelta(_ delta: Double, named name: String) -> String {
    guard isRate(name), abs(delta) <= 1 else { return signed(significant(delta, 3)) }
    return signed(fixed(delta * 100, decimals: 2)) + " pp"
  }

  /// Whether a metric of this name is a part of one by convention.
  static func isRate(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["accuracy", "precision", "recall", "f1", "auc", "error rate"].contains {
      name.contains($0)
    }
  }
}
