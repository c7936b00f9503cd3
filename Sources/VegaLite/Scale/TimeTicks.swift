/// Round moments on an axis of time.
enum TimeTicks {
  private static let steps: [(unit: TimeUnit, every: Int, length: Double)] = [
    (.yearmonthdatehoursminutesseconds, 1, 1e3), (.yearmonthdatehoursminutesseconds, 5, 5e3),
    (.yearmonthdatehoursminutesseconds, 15, 15e3), (.yearmonthdatehoursminutesseconds, 30, 30e3),
    (.yearmonthdatehoursminutes, 1, 60e3), (.yearmonthdatehoursminutes, 5, 300e3),
    (.yearmonthdatehoursminutes, 15, 900e3), (.yearmonthdatehoursminutes, 30, 1800e3),
    (.yearmonthdatehours, 1, 3600e3), (.yearmonthdatehours, 3, 10_800e3),
    (.yearmonthdatehours, 6, 21_600e3), (.yearmonthdatehours, 12, 43_200e3),
    (.yearmonthdate, 1, 86_400e3), (.yearmonthdate, 2, 172_800e3), (.yearmonthdate, 7, 604_800e3),
    (.yearmonth, 1, 2_592e6), (.yearmonth, 2, 5_184e6), (.yearquarter, 1, 7_776e6),
    (.year, 1, 31_536e6),
    (.year, 2, 63_072e6), (.year, 5, 157_680e6), (.year, 10, 315_360e6), (.year, 50, 1_576_800e6),
  ]

  static func ticks(
    _ lower: Double, _ upper: Double, about count: Int
  ) -> [(value: Double, label: String)] {
    let rough = (upper - lower) / Double(max(count, 1))
    guard rough > 0, rough.isFinite,
      let step = steps.first(where: { $0.length >= rough }) ?? steps.last
    else { return [] }
    var ticks: [(Double, String)] = []
    var value = step.unit.floor(lower)
    var number = 0
    while value.isFinite, value <= upper, number < 5000 {
      if value >= lower, isRound(value, step.unit, step.every) {
        ticks.append((value, Words.moment(value, step.unit)))
      }
      value = step.unit.end(of: value)
      number += 1
    }
    return ticks.count <= 40
      ? ticks : stride(from: 0, to: ticks.count, by: ticks.count / 20).map { ticks[$0] }
  }

  private static func isRound(_ value: Double, _ unit: TimeUnit, _ every: Int) -> Bool {
    guard every > 1, let calendar = Calendar(value) else { return true }
    switch unit {
    case .year: return calendar.year % every == 0
    case .yearmonth: return calendar.month % every == 0
    case .yearmonthdate: return (calendar.date - 1) % every == 0
    case .yearmonthdatehours: return calendar.hours % every == 0
    case .yearmonthdatehoursminutes: return calendar.minutes % every == 0
    default: return calendar.seconds % every == 0
    }
  }
}
