import Foundation
import Testing

@testable import Report

@Suite("Numbers in reports")
struct NumberTextTests {
  @Test(
    "are rounded by their shortest digits, half away from zero",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (0.073_14, "0.07314"), (0.073_145, "0.07315"),
      (-0.073_145, "-0.07315"), (99_999.6, "100000"), (1e7, "1e7"), (9_999_600, "1e7"),
      (123_456.7, "123500"), (1.5e-7, "1.5e-7"), (9.9999e-5, "0.0001"), (9.4e-5, "9.4e-5"),
      (.leastNonzeroMagnitude, "5e-324"), (1.797_693_134_862_315_7e308, "1.798e308"), (.nan, "NaN"),
      (-.infinity, "-∞"),
    ])
  func significant(value: Double, text: String) {
    #expect(NumberText.significant(value) == text)
  }

  @Test("are never further from the value than half a unit of the last digit", arguments: 0..<400)
  func significantIsNear(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03
    state ^= state >> 29
    let bits = state &* 0xBF58_476D_1CE4_E5B9
    let value = Double(bitPattern: bits)
    guard value.isFinite else { return }
    for digits in [1, 3, 4, 7] {
      let text = NumberText.significant(value, digits)
      let read = try #require(Double(text))
      // The oracle is the C library, which rounds the binary value to as many digits.
      let oracle = try #require(Double(String(format: "%.\(digits - 1)e", value)))
      #expect(
        abs(read - oracle) <= abs(value) * pow(10, Double(1 - digits)) * 1e-9
          + Double.leastNormalMagnitude)
      #expect(text.utf8.count { $0 >= 48 && $0 <= 57 } > 0)
    }
  }

  @Test(
    "keep the decimals that are asked for",
    arguments: [
      (0.0, 2, "0.00"), (0.005, 2, "0.01"), (0.004_999, 2, "0.00"), (-0.004, 2, "0.00"),
      (-0.005, 2, "-0.01"), (99.995, 2, "100.00"), (1234.5, 0, "1235"), (0.5, 0, "1"),
      (1e21, 1, "1000000000000000000000.0"), (1e-300, 3, "0.000"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test("name rates as percentages and nothing else")
  func metrics() {
    #expect(NumberText.metric(0.978_15, named: "test accuracy") == "97.82%")
    #expect(NumberText.metric(1, named: "macro F1") == "100.00%")
    #expect(NumberText.metric(0.978_15, named: "loss") == "0.9782")
    #expect(NumberText.metric(97.8, named: "accuracy") == "97.8")
    #expect(NumberText.metric(.nan, named: "accuracy") == "NaN")
    #expect(NumberText.metricDelta(0.010_7, named: "accuracy") == "+1.07 pp")
    #expect(NumberText.metricDelta(-0.0153, named: "loss") == "−0.0153")
    #expect(NumberText.metricDelta(0, named: "loss") == "±0")
  }

  @Test(
    "group counts by three",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"),
      (47_040_016, "47,040,016"), (.max, "9,223,372,036,854,775,807"),
      (.min, "-9,223,372,036,854,775,808"),
    ])
  func counts(value: Int, text: String) { #expect(NumberText.count(value) == text) }

  @Test(
    "write sizes in decimal units",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (99_949, "99.9 kB"), (99_950, "100 kB"),
      (999_499, "999 kB"), (999_500, "1.0 MB"), (219_953_152, "220 MB"),
      (.max, "9.2 EB"),
    ])
  func bytes(value: Int, text: String) { #expect(NumberText.bytes(value) == text) }

  @Test(
    "write durations in the units that people say",
    arguments: [
      (0.0, "0 ms"), (0.0042, "4.2 ms"), (0.18, "0.18 s"), (9.994, "9.99 s"), (9.995, "10.0 s"),
      (59.94, "59.9 s"), (59.96, "1 min 0 s"), (252, "4 min 12 s"), (7380, "2 h 3 min"),
      (200_000, "2 d 7 h"), (.nan, "–"), (-1, "–"),
    ])
  func durations(value: Double, text: String) { #expect(NumberText.duration(value) == text) }

  @Test("take apart and put together every double exactly", arguments: 0..<300)
  func exactRoundTrip(seed: Int) throws {
    let bits = UInt64(seed) &* 0xA24B_AED4_963E_E407 ^ UInt64(seed) << 52
    let value = Double(bitPattern: bits)
    guard value.isFinite else { return }
    #expect(Double(NumberText.exact(value)) == value)
  }
}
