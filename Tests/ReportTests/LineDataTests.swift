import Testing

@testable import Report

@Suite("A line")
struct LineDataTests {
  private func wave(_ count: Int) -> LineData {
    var y = (0..<count).map { Double($0 * 7919 % 1009) / 1009 }
    if count > 5000 {
      y[4321] = 99
      y[1234] = -99
    }
    return LineData(x: (0..<count).map(Double.init), y: y)
  }

  @Test(
    "is thinned to two thousand points and keeps every peak and both ends",
    arguments: [0, 1, 2, 2000, 2001, 10_000, 123_457])
  func reduced(count: Int) {
    let line = wave(count)
    let reduced = line.reduced
    #expect(reduced.x.count <= LineData.limit && reduced.x.count == reduced.y.count)
    #expect(reduced.y.min() == line.y.min() && reduced.y.max() == line.y.max())
    #expect(reduced.x.first == line.x.first && reduced.x.last == line.x.last)
    #expect(reduced.x == reduced.x.sorted())
    if count <= LineData.limit { #expect(reduced.y == line.y) }
  }

  @Test("has gaps where values are not finite, thinned or not")
  func gaps() {
    var line = wave(10_000)
    for index in 3000..<6000 { line.y[index] = .nan }
    let scale = AxisScale(lower: 0, upper: 10_000, count: 5)
    let y = AxisScale(lower: -100, upper: 100, count: 5)
    let path = line.reduced.path(x: scale, y: y, width: 4000, height: 1000)
    #expect(path.filter { $0 == "M" }.count == 2)
    let dot = LineData(x: [1, 2, 3], y: [.nan, 5, .infinity])
    #expect(dot.path(x: scale, y: y, width: 10, height: 10).filter { $0 == "M" }.count == 1)
  }

  @Test(
    "is smoothed by the average of the past with the start's bias taken out",
    arguments: [0.1, 0.5, 0.9, 0.999])
  func smoothed(weight: Double) {
    let line = wave(50)
    let smooth = line.smoothed(weight: weight).y
    for index in line.y.indices {
      // Straight from the definition: Σ wⁿ⁻ⁱ·y over Σ wⁿ⁻ⁱ.
      var sum = 0.0
      var weights = 0.0
      for past in 0...index {
        var power = 1.0
        for _ in past..<index { power *= weight }
        sum += power * line.y[past]
        weights += power
      }
      #expect(abs(smooth[index] - sum / weights) < 1e-9)
    }
    #expect(line.smoothed(weight: 0).y == line.y)
    let level = LineData(x: [0, 1, 2], y: [3, 3, 3]).smoothed(weight: weight).y
    #expect(level.allSatisfy { abs($0 - 3) < 1e-12 })
  }

  @Test("is one of sixty-four pairs of colour and dashes")
  func styles() {
    #expect(Set((0..<64).map(LineStyle.classes)).count == 64)
    #expect((0..<8).map(LineStyle.colour).count == 8)
    #expect([0, 25, 26, 51, 52].map(LineStyle.letter) == ["A", "Z", "AA", "AZ", "BA"])
  }

  @Test("has a name at its end that touches no other", arguments: [1, 2, 9, 17, 60])
  func endLabels(count: Int) {
    let labels = (0..<count).map {
      EndLabels.Label(
        text: "\($0)", style: $0, y: Double($0 * 37 % 50) + 90, isImportant: $0 == count - 1,
        line: $0)
    }
    let placed = EndLabels.arrange(labels, height: 240)
    #expect(placed.contains { $0.line == count - 1 })
    for (one, next) in zip(placed, placed.dropFirst()) {
      #expect(next.y - one.y >= EndLabels.pitch - 1e-9)
    }
    #expect(placed.allSatisfy { $0.y >= 0 && $0.y <= 240 })
  }
}
