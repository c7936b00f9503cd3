/// Days, hours and names of the proleptic Gregorian calendar, in UTC: where a chart is made has no say in it.
///
/// Days are counted by the formulas of Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”.
struct Calendar: Hashable, Sendable {
  var year: Int
  /// 0 is January, as in JavaScript.
  var month: Int
  var date: Int
  var hours = 0
  var minutes = 0
  var seconds = 0
  var milliseconds = 0

  static let dayLength = 86_400_000.0
  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let dayNames = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  init(year: Int, month: Int = 0, date: Int = 1) {
    self.year = year
    self.month = month
    self.date = date
  }

  /// The moment of so many milliseconds after 1970 began.
  init?(_ time: Double) {
    guard abs(time) < 8.64e15 else { return nil }
    let days = (time / Self.dayLength).rounded(.down)
    var rest = Int(time - days * Self.dayLength)
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    date = dayOfYear - (153 * part + 2) / 5 + 1
    month = (part + 2) % 12
    year = yearOfEra + era * 400 + (month <= 1 ? 1 : 0)
    milliseconds = rest % 1000
    rest /= 1000
    seconds = rest % 60
    rest /= 60
    minutes = rest % 60
    hours = rest / 60
  }

  /// Milliseconds after 1970 began; months beyond the year go on into the next.
  var time: Double {
    let wholeYear = year + Int((Double(month) / 12).rounded(.down))
    let month = ((month % 12) + 12) % 12
    let shiftedYear = month <= 1 ? wholeYear - 1 : wholeYear
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * ((month + 10) % 12) + 2) / 5
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = Double(era * 146_097 + dayOfEra - 719_468 + date - 1)
    let rest = ((Double(hours) * 60 + Double(minutes)) * 60 + Double(seconds)) * 1000
    return days * Self.dayLength + rest + Double(milliseconds)
  }

  /// 0 is Sunday.
  var weekday: Int {
    let days = Int((time / Self.dayLength).rounded(.down))
    return ((days + 4) % 7 + 7) % 7
  }

  /// The moment that a text names: `2026`, `2026-11`, `2026-11-23`, with `T` or a blank `14:05`, `:30`, `.250`, and `Z`
  /// or `+01:00`; without either it is UTC.
  static func time(of text: String) -> Double? {
    let text = text.trimmed
    let halves = text.split(maxSplits: 1) { $0 == "T" || $0 == " " }
    guard let first = halves.first else { return nil }
    let days = first.split { $0 == "-" || $0 == "/" }.map { Int($0) }
    guard (1...3).contains(days.count), let year = days[0], first.first?.isNumber == true,
      first.prefix(4).allSatisfy(\.isNumber), first.count >= 4, (0...9999).contains(year)
    else { return nil }
    guard days.allSatisfy({ $0 != nil }) else { return nil }
    let month = days.count > 1 ? days[1] ?? 0 : 1
    let date = days.count > 2 ? days[2] ?? 0 : 1
    guard (1...12).contains(month), (1...31).contains(date) else { return nil }
    let day = Calendar(year: year, month: month - 1, date: date).time
    guard halves.count == 2 else { return day }
    return clock(halves[1]).map { day + $0 }
  }

  private static func clock(_ text: Substring) -> Double? {
    var clock = text
    var shift = 0.0
    if clock.hasSuffix("Z") {
      clock = clock.dropLast()
    } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let zone = clock[clock.index(after: sign)...].filter { $0 != ":" }
      guard zone.count == 4, let value = Int(zone) else { return nil }
      shift = Double(value / 100 * 60 + value % 100) * 60_000 * (clock[sign] == "-" ? 1 : -1)
      clock = clock[..<sign]
    }
    let parts = clock.split(separator: ":").map { Double($0) }
    guard (2...3).contains(parts.count), let hours = parts[0], let minutes = parts[1],
      parts.count < 3 || parts[2] != nil, hours <= 24, minutes < 60
    else { return nil }
    let seconds = parts.count == 3 ? parts[2] ?? 0 : 0
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + shift
  }

  /// Writes the moment after a pattern of d3: `%Y-%m-%d`.
  func text(_ pattern: String) -> String {
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    var result = ""
    var rest = Substring(pattern)
    while let letter = rest.popFirst() {
      guard letter == "%", let code = rest.popFirst() else {
        result.append(letter)
        continue
      }
      switch code {
      case "Y": result += "\(year)"
      case "y": result += two(year % 100)
      case "m": result += two(month + 1)
      case "d": result += two(date)
      case "e": result += date < 10 ? " \(date)" : "\(date)"
      case "H": result += two(hours)
      case "I": result += two((hours + 11) % 12 + 1)
      case "M": result += two(minutes)
      case "S": result += two(seconds)
      case "p": result += hours < 12 ? "AM" : "PM"
      case "L": result += String("00\(milliseconds)".suffix(3))
      case "b": result += Self.monthNames[month].prefix(3)
      case "B": result += Self.monthNames[month]
      case "a": result += Self.dayNames[weekday].prefix(3)
      case "A": result += Self.dayNames[weekday]
      case "q": result += "\(month / 3 + 1)"
      default: result.append(code)
      }
    }
    return result
  }
}

extension Datum {
  /// The moment that it stands for, in milliseconds after 1970 began; NaN for none.
  var moment: Double {
    if case .text(let text) = self { return Calendar.time(of: text) ?? .nan }
    return measure
  }
}

extension ExpressionFunction {
  /// The functions over moments.
  func calendar(_ given: [Datum]) -> Datum {
    if self == .datetime {
      let parts = given.map { Int(clamping: $0.number) }
      if parts.count == 1 { return .number(given[0].moment) }
      var calendar = Calendar(year: parts[0], month: parts[1], date: parts.count > 2 ? parts[2] : 1)
      if parts.count > 3 { calendar.hours = parts[3] }
      if parts.count > 4 { calendar.minutes = parts[4] }
      if parts.count > 5 { calendar.seconds = parts[5] }
      if parts.count > 6 { calendar.milliseconds = parts[6] }
      return .number(calendar.time)
    }
    let time = given[0].moment
    guard let calendar = Calendar(time) else {
      return self == .timeFormat ? .text("") : .number(.nan)
    }
    let value =
      switch self {
      case .year: calendar.year
      case .quarter: calendar.month / 3 + 1
      case .month: calendar.month
      case .date: calendar.date
      case .day: calendar.weekday
      case .hours: calendar.hours
      case .minutes: calendar.minutes
      case .seconds: calendar.seconds
      case .milliseconds: calendar.milliseconds
      default: 0
      }
    if self == .time { return .number(time) }
    return self == .timeFormat ? .text(calendar.text(given[1].text)) : .number(Double(value))
  }
}
