import Testing

@testable import Report

@Suite("An axis")
struct AxisScaleTests {
  static let ranges: [(Double, Double)] = [
    (0, 1), (0, 0), (5, 5), (-3, -3), (0.2, 0.21), (-1, 1), (1, 20), (1, 2), (0, 1e-9),
    (1e12, 1.001e12),
    (-7e-5, 3e-5), (0.999_99, 1), (0, .leastNonzeroMagnitude), (-1e300, 1e300), (.nan, 1), (2, 1),
    (1e15, 1e15 + 1),
  ]

  @Test("has ticks in ascending order inside its ends", arguments: ranges)
  func ticks(lower: Double, upper: Double) {
    for count in [3, 5, 6, 10] {
      let scale = AxisScale(lower: lower, upper: upper, count: count)
      #expect(scale.lower < scale.upper || scale.ticks.isEmpty)
      #expect(scale.ticks.count <= 2 * count + 1)
      let values = scale.ticks.map(\.value)
      #expect(values == values.sorted() && Set(values).count == values.count)
      for value in values { #expect(value >= scale.lower && value <= scale.upper) }
    }
  }

  @Test("labels a tick with the number at which it stands", arguments: ranges)
  func labels(lower: Double, upper: Double) throws {
    let scale = AxisScale(lower: lower, upper: upper, count: 5)
    let step = scale.ticks.count > 1 ? scale.ticks[1].value - scale.ticks[0].value : 1
    for tick in scale.ticks {
      let plain = String(tick.label.filter { $0 != "," })
      let read = try #require(Double(plain), "\(tick.label)")
      #expect(abs(read - tick.value) <= abs(step) * 1e-3 + abs(tick.value) * 1e-5)
    }
  }

  @Test("marks whole epochs only")
  func whole() {
    let scale = AxisScale(lower: 1, upper: 3, count: 6, isWhole: true)
    #expect(scale.ticks.map(\.label) == ["1", "2", "3"])
    let percent = AxisScale(lower: 0.84, upper: 0.931, count: 5, isPercent: true)
    #expect(percent.ticks.map(\.label) == ["84%", "86%", "88%", "90%", "92%"])
    let thousands = AxisScale(lower: 0, upper: 10_000, count: 5)
    #expect(thousands.ticks.map(\.label) == ["0", "2,000", "4,000", "6,000", "8,000", "10,000"])
  }
}
