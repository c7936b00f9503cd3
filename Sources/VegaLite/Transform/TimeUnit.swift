/// A part of a date: the moments that share it are one.
enum TimeUnit: String, CaseIterable, Sendable, Hashable {
  case year, yearquarter, yearmonth, yearmonthdate, yearmonthdatehours, yearmonthdatehoursminutes
  case yearmonthdatehoursminutesseconds
  case quarter, month, monthdate, date, day, hours, hoursminutes, minutes, seconds

  static let names = allCases.map(\.rawValue) + allCases.map { "utc" + $0.rawValue }

  /// Reads a name; dates are in UTC with and without `utc`.
  init?(_ name: String) {
    self.init(rawValue: name.hasPrefix("utc") ? String(name.dropFirst(3)) : name)
  }

  /// The function that gives the part as a number.
  var function: ExpressionFunction? {
    switch self {
    case .year: .year
    case .quarter: .quarter
    case .month: .month
    case .date: .date
    case .day: .day
    case .hours: .hours
    case .minutes: .minutes
    default: nil
    }
  }

  /// The first moment that shares the part; parts without a year are those of 2012, as Vega has it.
  func floor(_ time: Double) -> Double {
    guard let full = Calendar(time) else { return .nan }
    var calendar = Calendar(year: full.year)
    let name = rawValue
    if !name.hasPrefix("year") { calendar.year = 2012 }
    if name.contains("quarter") { calendar.month = full.month / 3 * 3 }
    if name.contains("month") { calendar.month = full.month }
    if self == .day {
      // 2012 began with a Sunday.
      calendar.date = 1 + full.weekday
    } else if name.contains("date") {
      calendar.date = full.date
    }
    if name.contains("hours") { calendar.hours = full.hours }
    if name.contains("minutes") { calendar.minutes = full.minutes }
    if name.contains("seconds") { calendar.seconds = full.seconds }
    return calendar.time
  }

  /// Where a part ends that begins at `floor`.
  func end(of floor: Double) -> Double {
    guard var calendar = Calendar(floor) else { return .nan }
    let name = rawValue
    if name.hasSuffix("seconds") {
      calendar.seconds += 1
    } else if name.hasSuffix("minutes") {
      calendar.minutes += 1
    } else if name.hasSuffix("hours") {
      calendar.hours += 1
    } else if name.hasSuffix("date") || self == .day {
      calendar.date += 1
    } else if name.hasSuffix("month") {
      calendar.month += 1
    } else if name.hasSuffix("quarter") {
      calendar.month += 3
    } else {
      calendar.year += 1
    }
    return calendar.time
  }

  /// How the part is written, in d3's notation.
  var pattern: String {
    switch self {
    case .year: "%Y"
    case .yearquarter: "%Y Q%q"
    case .yearmonth: "%b %Y"
    case .yearmonthdate: "%Y-%m-%d"
    case .yearmonthdatehours, .yearmonthdatehoursminutes: "%Y-%m-%d %H:%M"
    case .yearmonthdatehoursminutesseconds: "%Y-%m-%d %H:%M:%S"
    case .quarter: "Q%q"
    case .month: "%b"
    case .monthdate: "%b %d"
    case .date: "%d"
    case .day: "%a"
    case .hours, .hoursminutes: "%H:%M"
    case .minutes: "%M"
    case .seconds: "%S"
    }
  }
}
