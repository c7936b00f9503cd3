import Testing

@testable import Report

@Suite("The spread of a parameter")
struct SpreadTests {
  @Test("has quantiles that rise from the least to the greatest value")
  func quantiles() {
    let histogram = ParameterSpread.Histogram(least: -2, greatest: 6, counts: [3, 0, 4, 1])
    let shares = (0...40).map { Double($0) / 40 }
    let values = shares.map(histogram.quantile)
    #expect(values.first == -2 && values.last == 6)
    #expect(zip(values, values.dropFirst()).allSatisfy(<=))
    // Half of eight values: three in the first part of width 2, one of four in the third.
    #expect(histogram.quantile(0.5) == 2.5)
    #expect(histogram.quantile(3.0 / 8) == 0)
    #expect(histogram.quantile(-1) == -2 && histogram.quantile(2) == 6)
  }

  @Test("is drawn whatever it holds")
  func degenerate() {
    for histogram in [
      ParameterSpread.Histogram(least: 0, greatest: 0, counts: [5, 0]),
      .init(least: 1, greatest: 2, counts: []), .init(least: 1, greatest: 2, counts: [0, 0]),
      .init(least: -.greatestFiniteMagnitude, greatest: .greatestFiniteMagnitude, counts: [1, 2]),
    ] {
      for positions in [[1.0], [1, 2, 3]] {
        let chart = SpreadChart(
          id: "a", title: "b", positions: positions, histograms: positions.map { _ in histogram })
        #expect(chart.svg().text.hasSuffix("</svg>"))
      }
    }
    #expect(SpreadView([]) == nil)
  }

  @Test("of many parameters and epochs stays within its room")
  func size() {
    let histogram = ParameterSpread.Histogram(
      least: -1, greatest: 1, counts: Array(repeating: 1000, count: 32))
    let model = RunReportModel(
      title: "deep", specName: "deep",
      spreads: (0..<62).map { index in
        ParameterSpread(
          name: "conv\(index).weight", positions: (1...50).map(Double.init),
          weights: Array(repeating: histogram, count: 50),
          gradients: Array(repeating: histogram, count: 50))
      })
    #expect(RunReport.html(model).utf8.count < 800_000)
  }
}

@Suite("The lines by which two texts differ")
struct LineDifferenceTests {
  static let pairs: [(String, String)] = [
    ("", ""), ("a\nb\nc\n", "a\nb\nc\n"), ("a\nb\nc", "a\nc"), ("a\nc", "a\nb\nc\n"),
    ("a\nb\nc\nd", "x\nb\ny\nd\nz"), ("", "a\nb"), ("a\nb", ""), ("a\na\nb\na", "a\nb\na\na"),
    ("one\r\ntwo\r\n", "one\r\nthree\r\n"),
  ]

  @Test("give the old text without what was added and the new one without what was removed")
  func laws() {
    for (old, new) in Self.pairs {
      let lines = LineDifference(from: old, to: new).lines
      #expect(lines.filter { $0.change != .added }.map(\.text) == LineDifference.split(old))
      #expect(lines.filter { $0.change != .removed }.map(\.text) == LineDifference.split(new))
    }
  }

  @Test("are as few as possible")
  func fewest() {
    let counts = LineDifference(from: "a\nb\nc\nd", to: "x\nb\ny\nd\nz").counts
    #expect(counts.added == 3 && counts.removed == 2)
    let same = LineDifference(from: "a\nb", to: "a\nb")
    #expect(same.counts.added == 0 && same.excerpt() == [nil])
  }

  @Test("are shown with three lines around them")
  func excerpt() {
    let old = (1...30).map { "line \($0)" }
    var new = old
    new[14] = "another"
    let shown = LineDifference(
      from: old.joined(separator: "\n"), to: new.joined(separator: "\n")
    ).excerpt()
    #expect(shown.count == 10)
    #expect(shown.first == .some(nil) && shown.last == .some(nil))
    #expect(shown[4] == .init(change: .removed, text: "line 15"))
  }
}
