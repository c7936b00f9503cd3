import KernelInterface
import Foundation

/// What one row of the table measured, in its own unit.
struct Measurement {
  let row: String
  /// One value for each repetition.
  var values: [Double] = []
  /// The unit of the values: a time of which less is better, or a rate or ratio.
  var unit = "s"
  /// What stands beside the values: GFLOP/s, loss, share of the peak.
  var facts: [(name: String, value: Double)] = []

  var median: Double {
    let sorted = values.sorted()
    guard let middle = sorted.dropFirst(sorted.count / 2).first else { return .nan }
    return sorted.count % 2 == 1 ? middle : (middle + sorted[sorted.count / 2 - 1]) / 2
  }

  /// One line for people.
  var line: String {
    let name = row.padding(toLength: 16, withPad: " ", startingAt: 0)
    let spread = String(
      format: "median %.5g %@ of %d (%.5g to %.5g)", median, unit, values.count,
      values.min() ?? .nan, values.max() ?? .nan)
    return ([name + spread] + facts.map { String(format: "%@ %.5g", $0.name, $0.value) })
      .joined(separator: "  ")
  }

  /// One line for programs.
  var json: String {
    let numbers = values.map { "\($0)" }.joined(separator: ",")
    let rest = facts.map { ",\"\($0.name)\":\($0.value)" }.joined()
    return "{\"row\":\"\(row)\",\"unit\":\"\(unit)\",\"values\":[\(numbers)]\(rest)}"
  }
}

/// The seconds that a closure takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return (ContinuousClock.now - start) / .seconds(1)
}

/// The processor time of all threads of this process so far.
func processorSeconds() -> Double {
  var usage = rusage()
  getrusage(0 /* RUSAGE_SELF */, &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
}

/// Floats from −0.5 to 0.5.
func floats(_ count: Int) -> FloatStorage {
  let result = FloatStorage(count: count)
  let slice = result.all
  var state: UInt32 = 12_345
  for i in 0..<count {
    state = state &* 1_664_525 &+ 1_013_904_223
    slice[i] = Float(Int32(bitPattern: state)) * 0x1p-32
  }
  return result
}
