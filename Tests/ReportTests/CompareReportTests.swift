import ContentAddressing
import Foundation
import ReportSamples
import Testing

@testable import Report

@Suite("The comparison of runs")
struct CompareReportTests {
  private func run(
    _ id: String, _ settings: [String: String] = [:], accuracy: Double = 0.9,
    digest: String = "sha256:aa",
    output: String = "sha256:01"
  ) -> ComparedRun {
    ComparedRun(
      id: id, specName: "s",
      settings: settings.sorted { $0.key < $1.key }.map { Setting(path: $0.key, value: $0.value) },
      metrics: [.init(name: "accuracy", goal: .maximize, last: accuracy)],
      stages: [
        StageSummary(name: "prepare", kind: "prepare", key: "sha256:0", inputs: [], outputs: []),
        StageSummary(
          name: "train", kind: "train", key: "sha256:0", inputs: [],
          outputs: [.init(name: "model", digest: output, byteCount: 1)]),
      ], testDataDigest: digest)
  }

  @Test("finds nothing where nothing differs")
  func equal() {
    let comparison = CompareReport.comparison(
      CompareReportModel(title: "t", runs: [run("a", ["x.y": "1"]), run("b", ["x.y": "1"])]))
    #expect(!comparison.differs && comparison.isComparable)
    #expect(comparison.firstDifferentStage == [nil, nil])
    #expect(comparison.settings.map(\.differs) == [false])
  }

  @Test("counts settings, also those that only one run has")
  func settings() {
    let comparison = CompareReport.comparison(
      CompareReportModel(
        title: "t",
        runs: [
          run("a", ["train.rate": "1", "train.size": "2", "seed": "3"]),
          run("b", ["train.rate": "1", "seed": "4"], output: "sha256:02"),
        ]))
    #expect(comparison.settings.filter(\.differs).map(\.name).sorted() == ["seed", "train.size"])
    #expect(comparison.settings.first { $0.name == "train.size" }?.values == ["2", nil])
    #expect(comparison.differs && comparison.firstDifferentStage == [nil, "train"])
    #expect(comparison.runs.map(\.letter) == ["A", "B"])
  }

  @Test("judges a change by the metric's direction")
  func direction() {
    let model = { (goal: MetricGoal) in
      CompareReportModel(
        title: "t",
        runs: [1.0, 2, 1].map {
          ComparedRun(id: "r", specName: "s", metrics: [.init(name: "m", goal: goal, last: $0)])
        })
    }
    let rows = [MetricGoal.maximize, .minimize, .none].map {
      CompareReport.comparison(model($0)).metrics[0]
    }
    #expect(
      rows.map { $0.values.map { $0?.isBetter } } == [
        [nil, true, nil], [nil, false, nil], [nil, nil, nil],
      ])
    #expect(rows.map(\.best) == [1, 0, nil])
    #expect(rows[0].values.map { $0?.delta } == [0, 1, 0])
  }

  @Test("names runs by the settings that differ, short ones first")
  func labels() {
    let long = String(repeating: "{linear: 128}, ", count: 4)
    let comparison = CompareReport.comparison(
      CompareReportModel(
        title: "t",
        runs: [
          run("01ABCDEFGH", ["a.model": long, "a.rate": "0.1", "b.rate": "5"]),
          run("01ABCDEFGK", ["a.model": long + "x", "a.rate": "0.2", "b.rate": "6"]),
        ]))
    #expect(comparison.runs[0].label.hasPrefix("a.rate=0.1 b.rate=5 model="))
    let alike = CompareReport.comparison(
      CompareReportModel(title: "t", runs: [run("01ABCDEFGH"), run("01ABCDEFGK")]))
    #expect(alike.runs.map(\.label) == ["ABCDEFGH", "ABCDEFGK"])
    #expect(RunLabels.shortNames(["a.b.c", "x.c", "c", "d.e"]) == ["b.c", "x.c", "c", "e"])
  }

  @Test("counts samples fixed and broken as a plain loop does")
  func samples() {
    let comparison = CompareReport.comparison(SampleComparisons.runs(4))
    let runs = SampleComparisons.runs(4).runs
    for (index, run) in runs.enumerated() {
      guard let new = run.predictions, let old = runs[0].predictions else { continue }
      let right = { (p: ComparedRun.Predictions) in zip(p.trueClasses, p.predictedClasses).map(==) }
      let pairs = zip(right(old), right(new))
      #expect(comparison.samples[index]?.fixed.count == pairs.count { !$0.0 && $0.1 })
      #expect(comparison.samples[index]?.broken.count == pairs.count { $0.0 && !$0.1 })
    }
    #expect(comparison.samples[0] == .init(fixed: [], broken: []))
  }

  @Test("does not compare samples of other test data, and says so")
  func testData() {
    let model = SampleComparisons.runs(3, differentTestData: true)
    let comparison = CompareReport.comparison(model)
    #expect(!comparison.isComparable)
    #expect(comparison.samples[1] != nil && comparison.samples[2] == nil)
    #expect(CompareReport.html(model).contains("Not comparable"))
    #expect(CompareReport.markdown(model).contains("**Not comparable:**"))
    #expect(!CompareReport.html(SampleComparisons.runs(3)).contains("Not comparable"))
  }

  @Test("draws parallel coordinates from three differing numeric settings on")
  func parallel() {
    let two = CompareReportModel(
      title: "t",
      runs: [run("a", ["x": "1", "y": "2", "z": "p"]), run("b", ["x": "2", "y": "3", "z": "q"])])
    #expect(ParallelCoordinates(CompareReport.comparison(two)) == nil)
    let three = CompareReportModel(
      title: "t",
      runs: [
        run("a", ["x": "1", "y": "2", "z": "0.001"]), run("b", ["x": "2", "y": "3", "z": "0.1"]),
      ])
    let chart = ParallelCoordinates(CompareReport.comparison(three))
    #expect(chart?.axes.map(\.name) == ["x", "y", "z", "accuracy"])
    #expect(chart?.axes.map(\.isLogarithmic) == [false, false, true, false])
  }

  @Test("is written as tables for a pull request")
  func markdown() {
    let model = CompareReportModel(
      title: "rate | <b>",
      runs: [
        run("a", ["t.rate": "1|2`"], accuracy: 0.9), run("b", ["t.rate": "3"], accuracy: 0.95),
      ])
    let expected = """
      ### rate \\| &lt;b&gt;

      - **A** rate=1\\|2\\` · `a` · baseline
      - **B** rate=3 · `b`

      | Metric | A | B |
      | --- | ---: | ---: |
      | accuracy (higher is better) | 90.00% | **95.00%** (+5.00 pp ▲) |

      1 of 1 setting differs.

      | Setting | A | B |
      | --- | ---: | ---: |
      | `t.rate` | `1\\|2ˋ` | `3` |

      """
    #expect(CompareReport.markdown(model) == expected)
  }

  @Test("gives plain values that encode as JSON")
  func json() throws {
    let json = CompareReport.comparison(SampleComparisons.runs(3)).value.plainJSON()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "pipeline.compare/1")
    #expect((object["runs"] as? [Any])?.count == 3)
    #expect((object["settings"] as? [Any])?.count == 17)
  }

  @Test("fits into two and a half megabytes for ten runs of fifty epochs")
  func size() {
    let page = CompareReport.html(
      SampleComparisons.runs(10, epochs: 50),
      interactiveChartsScript: String(repeating: " ", count: 131_054))
    #expect(page.utf8.count < 2_500_000, "\(page.utf8.count) bytes")
  }

  @Test("holds one run or fifty", arguments: [1, 2, 50])
  func counts(count: Int) {
    let page = CompareReport.html(SampleComparisons.runs(count, epochs: 5))
    #expect(page.hasSuffix("</html>\n"))
    let rows = page.matches(of: /<tr data-run="\d+"(?: class="baseline")?><th/).count
    #expect(rows >= count)
  }
}

@Suite("The index of a store")
struct IndexReportTests {
  @Test("links plain relative paths only")
  func paths() {
    for path in ["runs/01K/report.html", "a", "a-b_c.d/e"] { #expect(IndexPage.isPlain(path)) }
    for path in [
      "", "/etc", "../x", "a/../b", "a//b", "./a", "javascript:alert(1)", "//evil", "a?b", "a#b",
      "a%2e", "a b", "é", "a\\b", "a\0",
    ] { #expect(!IndexPage.isPlain(path), "\(path)") }
  }

  @Test("marks the best run of each spec and shows the settings in which runs differ")
  func rows() {
    let page = IndexReport.html(SampleComparisons.index())
    #expect(page.components(separatedBy: "<td class=\"num best\"").count == 5)
    #expect(page.contains("settings-line\">learning_rate=0.003</span>"))
    #expect(IndexReport.html(IndexReportModel(title: "t", runs: [])).contains("no runs yet"))
  }

  @Test("draws a matrix for each of fifty runs, and pictures of many classes")
  func everyMatrix() {
    let page = CompareReport.html(SampleComparisons.runs(50, epochs: 2))
    #expect(page.components(separatedBy: "class=\"matrix-change\"").count == 50)
    let many = CompareReport.html(SampleComparisons.manyClasses())
    #expect(many.components(separatedBy: "class=\"map\"").count == 3)
    #expect(many.contains("Largest changes in run B"))
  }

  @Test("puts every setting that differs and every metric on the axes of the scatter")
  func scatter() throws {
    let model = SampleComparisons.runs(10)
    let scatter = try #require(RunScatter(Comparison(model)))
    #expect(
      scatter.axes.map(\.name) == [
        "batch_size", "model", "learning_rate", "weight_decay", "test accuracy", "test loss",
        "validation accuracy", "train seconds",
      ])
    #expect(scatter.axes[1].categories.count == 2)
    #expect(scatter.axes[2].isLogarithmic)
    #expect(scatter.axes[scatter.x].name == "batch_size")
    #expect(scatter.axes[scatter.y].name == "test accuracy")
    #expect(scatter.svg().text.components(separatedBy: "<circle").count == 11)
    #expect(RunScatter(Comparison(SampleComparisons.runs(2))) == nil)
  }

  @Test("fits ten runs of fifty epochs into two and a half megabytes")
  func tenRuns() {
    let page = CompareReport.html(SampleComparisons.runs(10, epochs: 50))
    #expect(page.utf8.count < 2_500_000, "\(page.utf8.count) bytes")
  }
}
