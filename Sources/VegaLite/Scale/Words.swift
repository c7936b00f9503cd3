/// How values are written.
enum Words {
  private static let round = NumberFormat(",.6~r")
  private static let small = NumberFormat(".4~e")

  static func number(_ value: Double) -> String {
    let size = abs(value)
    let isPlain = value == 0 || size >= 1e-4 && size < 1e15
    return (isPlain ? round : small)?.text(of: value) ?? Datum.text(of: value)
  }

  static func moment(_ time: Double, _ unit: TimeUnit?) -> String {
    guard let calendar = Calendar(time) else { return "" }
    if let unit { return calendar.text(unit.pattern) }
    let rest = time - (time / Calendar.dayLength).rounded(.down) * Calendar.dayLength
    if rest == 0 { return calendar.text("%Y-%m-%d") }
    return calendar.text(calendar.seconds == 0 ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S")
  }

  /// A value of a column.
  static func text(_ value: Datum, of field: FieldDefinition?) -> String {
    if value.isMissing { return "–" }
    if let pattern = field?.guide.format {
      if field?.isMoment == true {
        return Calendar(value.moment)?.text(pattern) ?? value.text
      }
      if case .number(let number) = value, let format = NumberFormat(pattern) {
        return format.text(of: number)
      }
    }
    if field?.isMoment == true { return moment(value.moment, field?.timeUnit) }
    if case .number(let value) = value { return number(value) }
    return value.text
  }
}
