internal import Glibc

/// The clocks of the process; only the front door reads them.
enum Clock {
  /// Seconds by a clock that never goes back.
  @Sendable static func monotonicSeconds() -> Double { seconds(of: CLOCK_MONOTONIC) }

  /// Seconds since 1970.
  static func wallSeconds() -> Double { seconds(of: CLOCK_REALTIME) }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    // SAFETY: the kernel writes one `timespec`, which lives through the call.
    _ = unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// A time as `2026-11-22 15:28:00 UTC`, by the proleptic Gregorian calendar.
  static func text(_ wallSeconds: Double) -> String {
    var seconds = time_t(wallSeconds)
    var parts = tm()
    // SAFETY: both values live through the call.
    _ = unsafe gmtime_r(&seconds, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return "\(date) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) UTC"
  }
}
