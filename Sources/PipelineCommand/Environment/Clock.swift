internal import Glibc

/// The clocks of the process; only the command reads them.
enum Clock {
  /// Seconds of a monotonic clock.
  @Sendable static func monotonicSeconds() -> Double { seconds(of: CLOCK_MONOTONIC) }

  /// Seconds since 1970.
  static func wallSeconds() -> Double { seconds(of: CLOCK_REALTIME) }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    // SAFETY: the kernel writes one `timespec`, which outlives the call.
    _ = unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// A time as `2026-11-22 15:28:00 UTC`, by the proleptic Gregorian calendar.
  static func text(_ wallSeconds: Double) -> String {
    let total = Int(wallSeconds.rounded(.down))
    let days = Int((Double(total) / 86_400).rounded(.down))
    let rest = total - days * 86_400
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (year, month, day) = date(daysSince1970: days)
    return "\(year)-\(two(month))-\(two(day)) "
      + "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60)) UTC"
  }

  /// The date a number of days after 1970-01-01.
  ///
  /// Counted in eras of 400 years that begin on March 1st of year 0, so that leap days come last.
  private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
