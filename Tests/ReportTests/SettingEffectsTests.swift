import ElementaryFunctions
import ReportSamples
import Testing

@testable import Report

@Suite("Effects of settings")
struct SettingEffectsTests {
  /// The correlation of ranks without ties by the textbook: 1 − 6 Σd² / (n(n² − 1)).
  @Test("ranks as the textbook does")
  func textbook() {
    let x = [0.1, 0.003, 0.02, 1, 0.5, 0.0004]
    let y = [3.0, 9, 4, 1, 8, 2]
    let (a, b) = (SettingEffects.ranks(x), SettingEffects.ranks(y))
    let sum = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let expected = 1 - 6 * sum / (6 * 35)
    guard
      case .correlation(let found) = SettingEffects.effect(of: x.map { "\($0)" }, on: y)
    else { Issue.record("no correlation"); return }
    #expect(abs(found - expected) < 1e-12)
    #expect(SettingEffects.ranks([5, 1, 5, 2]) == [3.5, 1, 3.5, 2])
  }

  @Test("does not depend on the scale of a setting, and turns its sign with the metric")
  func laws() {
    let x = [1.0, 2, 3, 4, 5, 6]
    let y = [2.0, 1, 4, 3, 6, 5]
    let effect = { (x: [Double], y: [Double]) in
      SettingEffects.effect(of: x.map { "\($0)" }, on: y)
    }
    #expect(effect(x, y) == effect(x.map { $0 * $0 * $0 }, y))
    guard case .correlation(let up) = effect(x, y),
      case .correlation(let down) = effect(x, y.map { -$0 })
    else { Issue.record("no correlation"); return }
    #expect(up == -down && up > 0)
    #expect(effect(x, x) == .correlation(1))
  }

  @Test("gives texts no more than chance explains")
  func texts() {
    let optimizer = ["adam", "adam", "adam", "sgd", "sgd", "sgd"]
    #expect(SettingEffects.effect(of: optimizer, on: [1, 1, 1, 2, 2, 2]) == .share(1))
    #expect(SettingEffects.effect(of: optimizer, on: [1, 2, 3, 1, 2, 3]) == .share(0))
    // Each its own value, all the same value, too few runs, nothing that varies.
    #expect(SettingEffects.effect(of: ["a", "b", "c", "d", "e"], on: [1, 2, 3, 4, 5]) == nil)
    #expect(SettingEffects.effect(of: ["a", "a", "a", "a", "a"], on: [1, 2, 3, 4, 5]) == nil)
    #expect(SettingEffects.effect(of: ["1", "2", "3", "4"], on: [1, 2, 3, 4]) == nil)
    #expect(SettingEffects.effect(of: ["1", "2", "3", "4", "5"], on: [1, 1, 1, 1, 1]) == nil)
    #expect(SettingEffects.effect(of: ["1", "2", "3", "4", nil], on: [1, 2, .nan, 4, 5]) == nil)
  }

  /// Quartiles of 1 … 5 and of 1 … 4 by R: quantile(1:4).
  @Test("has quartiles as R has them")
  func quartiles() {
    #expect(
      [0, 0.25, 0.5, 0.75, 1].map { Elementary.quantile($0, of: [1, 2, 3, 4, 5]) } == [
        1, 2, 3, 4, 5,
      ])
    #expect(
      [0.25, 0.5, 0.75].map { Elementary.quantile($0, of: [1, 2, 3, 4]) } == [1.75, 2.5, 3.25])
    #expect(Elementary.quantile(0.75, of: [7]) == 7)
    let page = CompareReport.html(SampleComparisons.runs(50, epochs: 2))
    #expect(page.contains("class=\"box\"") && page.contains("class=\"whisker\""))
    #expect(!CompareReport.html(SampleComparisons.runs(4, epochs: 2)).contains("class=\"box\""))
  }

  @Test("stands in a comparison of comparable runs only")
  func page() {
    let page = CompareReport.html(SampleComparisons.runs(10))
    #expect(page.contains("Effects of settings") && page.contains("ε²") && page.contains("ρ "))
    #expect(!CompareReport.html(SampleComparisons.runs(3)).contains("Effects of settings"))
    #expect(
      !CompareReport.html(SampleComparisons.runs(8, differentTestData: true))
        .contains("Effects of settings"))
  }
}

@Suite("Charts of plots")
struct PlotChartTests {
  @Test("a histogram counts every finite value once, whatever the range")
  func histogram() {
    let samples: [[Double]] = [
      [], [3], [3, 3, 3], [1, 2, 3, .nan, .infinity], [-1e308, 1e308], [1e308, 1e308],
      (0..<1000).map { Double($0 * $0 % 97) },
    ]
    for values in samples {
      for bins in [1, 2, 7, 200] {
        let chart = HistogramChart(
          id: "h", title: "t", column: "c", bins: bins,
          series: [.init(label: "c", style: 0, values: values)])
        let edges = chart.edges
        let counts = chart.counts(edges)[0]
        #expect(counts.reduce(0, +) == values.count { $0.isFinite })
        #expect(counts.count == edges.count - 1)
        #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(chart.view(note: nil).svg.text.contains("<svg"))
      }
    }
  }

  @Test("bars, points and lines of nothing, of one and of what overflows are charts")
  func degenerate() {
    let values: [[Double]] = [[], [0], [.nan], [-3, 4], [1e308, -1e308], [.infinity]]
    for values in values {
      let names = values.indices.map { "name \($0)" }
      let plots: [Plot.Content] = [
        .bars(BarGroups(axis: "a", categories: names, series: [.init(name: "v", values: values)])),
        .points(
          PointCloud(xName: "x", yName: "y", groups: [.init(name: "g", x: values, y: values)])),
        .lines(
          Curve(name: "l", goal: .none, series: [CurveSeries(name: "l", values: values)])),
        .histogram(column: "c", values: values, bins: 3),
      ]
      let model = { (plots: [Plot]) in
        RunReportModel(title: "t", specName: "s", plots: plots)
      }
      let page = RunReport.html(
        model(plots.enumerated().map { Plot(title: "\($0)", source: "a/b", content: $1) }))
      #expect(page.hasSuffix("</html>\n"))
      #expect(!page.contains("nan%") && !page.contains("inf%") && !page.contains("NaN%"))
    }
  }

  @Test("of compared runs stand together by title and kind, equal pictures once")
  func compared() {
    let model = SampleComparisons.runs(2)
    let page = CompareReport.html(model)
    for title in ["Lift", "Districts", "Importance", "Errors", "Price classes", "Map"] {
      #expect(page.contains(">\(title)<"), "\(title)")
    }
    var same = model
    same.runs[1].plots = model.runs[0].plots
    #expect(CompareReport.html(same).contains("The same as that of A, byte for byte."))
    #expect(!page.contains("byte for byte"))
  }
}
