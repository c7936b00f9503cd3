import ContentAddressing
import Foundation
import ReportSamples
import Testing

@testable import Report

@Suite("The report of a run")
struct RunReportTests {
  @Test("has the same bytes for the same values")
  func determinism() {
    for withFacts in [false, true] {
      let model = SampleReports.classifier(withFacts: withFacts)
      #expect(RunReport.html(model) == RunReport.html(model))
    }
  }

  @Test("holds nothing of the run itself as an artifact")
  func artifact() {
    let page = RunReport.html(SampleReports.classifier(withFacts: false))
    for fact in [
      "01KANX6T9Q4M8Y2V7C3D5E6F7G", "2026-11-22", "96.4 MB", "Xeon", "Throughput", "resumed<",
    ] {
      #expect(!page.contains(fact), "\(fact)")
    }
    let run = RunReport.html(SampleReports.classifier())
    for fact in [
      "01KANX6T9Q4M8Y2V7C3D5E6F7G", "2026-11-22", "96.4 MB", "Xeon", "Throughput", ">resumed<",
    ] {
      #expect(run.contains(fact), "\(fact)")
    }
  }

  @Test("of a run is the artifact with facts inserted")
  func insertion() throws {
    let model = SampleReports.classifier()
    let artifact = RunReport.html(SampleReports.classifier(withFacts: false))
    let facts = try #require(model.facts)
    let page = RunPage.html(artifact: artifact, facts: facts, interactiveChartsScript: "var a = 1;")
    #expect(page == RunReport.html(model, interactiveChartsScript: "var a = 1;"))
    // Loss, accuracy and throughput each show where training went on.
    #expect(page.components(separatedBy: "mark resume").count == 4)
    #expect(page.components(separatedBy: "href=\"#run\"").count == 2)
    #expect(!page.contains("<!--run:"))
    // Taking away what was inserted gives the artifact back, but for its marks.
    #expect(RunPage.html(artifact: "no marks here", facts: facts) == "no marks here")
  }

  @Test("of a run names the run's own commands where the artifact names its key")
  func commands() throws {
    var model = SampleReports.classifier(withFacts: false)
    model.reproduceWith = ["pipeline verify sha256:0123456789abcdef"]
    let artifact = RunReport.html(model)
    var facts = try #require(SampleReports.classifier().facts)
    facts.reproduceWith = ["pipeline run a.yaml --set 'b=c d'", "pipeline verify 01KANX"]
    let page = RunPage.html(artifact: artifact, facts: facts)
    #expect(artifact.contains("<code>pipeline verify sha256:0123456789abcdef</code>"))
    #expect(!page.contains("verify sha256:"))
    #expect(page.contains("<code>pipeline run a.yaml --set &#39;b=c d&#39;</code>"))
    #expect(page.contains("<code>pipeline verify 01KANX</code>"))
    #expect(!page.contains("<!--run:"))
  }

  @Test("shows what was measured")
  func content() {
    let model = SampleReports.classifier()
    let page = RunReport.html(model)
    for text in [
      "Fashion-MNIST perceptron", "test accuracy", "pipeline run pipelines/fashion-mnist.yaml",
      "best: epoch", "overfitting", "Ankle boot", "Macro mean", "Weighted mean",
      "109,386 parameters",
      "train.optimizer".replacingOccurrences(of: "train.", with: ""), "model.safetensors",
      "Expected calibration error",
    ] { #expect(page.contains(text), "\(text)") }
    for stage in model.stages {
      #expect(page.contains(String(stage.key.dropFirst(7))))
      for output in stage.outputs { #expect(page.contains(String(output.digest.dropFirst(7)))) }
    }
  }

  @Test("is a whole page whatever is missing")
  func emptyModel() {
    let page = RunReport.html(RunReportModel(title: "nothing", specName: "empty"))
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<section"))
    for model in Self.partial { #expect(RunReport.html(model).hasSuffix("</html>\n")) }
  }

  /// Models with degenerate parts.
  static let partial: [RunReportModel] = [
    RunReportModel(
      title: "a", specName: "b",
      curves: [
        Curve(name: "loss", goal: .minimize, series: []),
        Curve(name: "loss", goal: .minimize, series: [CurveSeries(name: "train", values: [])]),
        Curve(
          name: "loss", goal: .minimize,
          series: [CurveSeries(name: "train", values: [.nan, .infinity])]),
        Curve(
          name: "accuracy", goal: .maximize,
          series: [CurveSeries(name: "validation", values: [0.5])]),
      ]),
    RunReportModel(
      title: "a", specName: "b",
      classification: Classification(
        split: "test", confusion: ConfusionMatrix(classNames: [], counts: []))),
    RunReportModel(
      title: "a", specName: "b",
      classification: Classification(
        split: "test",
        confusion: ConfusionMatrix(
          classNames: (0..<100).map { "class \($0)" },
          counts: (0..<100).map { row in (0..<100).map { row == $0 ? 50 : ($0 % 7 == 0 ? 1 : 0) } }),
        worstSamples: [
          ClassifiedSample(
            index: 3, image: nil, trueClass: 500, predictedClass: -1, probability: .nan)
        ])),
    RunReportModel(
      title: "a", specName: "b",
      regression: Regression(split: "test", target: "y", trueValues: [.nan], predictions: [1])),
    RunReportModel(
      title: "a", specName: "b",
      regression: Regression(split: "test", target: "y", trueValues: [2, 2], predictions: [2, 2])),
    RunReportModel(
      title: "a", specName: "b",
      layerNorms: [LayerNorms(layer: "l", positions: [], weights: [], gradients: [])],
      stages: [
        StageSummary(
          name: "a", kind: "k", key: "", inputs: [.init(name: "x", stage: "b", digest: "")],
          outputs: []),
        StageSummary(
          name: "b", kind: "k", key: "", inputs: [.init(name: "x", stage: "a", digest: "")],
          outputs: []),
        StageSummary(
          name: "c", kind: "k", key: "", inputs: [.init(name: "x", stage: "c", digest: "")],
          outputs: []),
      ],
      facts: RunFacts(
        runID: "", startedAt: "", seconds: .nan, samplesPerSecond: [.nan, .infinity, 1e300])),
  ]

  @Test(
    "fits into one and a half megabytes for MNIST, with sixty-four samples and a hundred epochs")
  func size() {
    let page = RunReport.html(SampleReports.classifier(epochs: 100))
    #expect(page.utf8.count < 1_500_000, "\(page.utf8.count) bytes")
  }

  @Test("allows by its policy exactly the style and the scripts that are in the file")
  func policy() throws {
    for page in [
      RunReport.html(
        SampleReports.classifier(), interactiveChartsScript: "var a = '</script><!--';"),
      CompareReport.html(SampleComparisons.runs(2)), IndexReport.html(SampleComparisons.index()),
    ] {
      let meta = try #require(
        page.firstMatch(of: /http-equiv="Content-Security-Policy" content="([^"]*)"/))
      let policy = String(meta.1).replacingOccurrences(of: "&#39;", with: "'")
      #expect(policy.hasPrefix("default-src 'none'; "))
      #expect(!policy.contains("unsafe"))
      let scripts = page.matches(of: /<script>([\s\S]*?)<\/script>/).map { String($0.1) }
      let style = page.matches(of: /<style>([\s\S]*?)<\/style>/).map { String($0.1) }
      #expect(style.count == 1)
      let hashes = (style + scripts).map { text in
        "'sha256-" + Data(Digest(of: Array(text.utf8)).bytes).base64EncodedString() + "'"
      }
      for hash in hashes { #expect(policy.contains(hash)) }
      #expect(policy.components(separatedBy: "'sha256-").count == hashes.count + 1)
    }
  }

  @Test("refers to nothing outside of itself")
  func selfContained() {
    for page in [
      RunReport.html(SampleReports.classifier()), CompareReport.html(SampleComparisons.runs(3)),
      IndexReport.html(SampleComparisons.index()),
    ] {
      let loaded = page.matches(of: /\ (?:src|srcset|action|data|poster|background)="([^"]*)"/)
      let foreign = loaded.map(\.1).filter { !$0.hasPrefix("data:image/png;base64,") }
      #expect(foreign.isEmpty)
      for match in page.matches(of: /\ href="([^"]*)"/) {
        #expect(
          match.1.hasPrefix("#") || match.1 == "data:," || match.1.hasPrefix("runs/"), "\(match.1)")
      }
      let handlers = page.matches(of: /\ on[a-z]+="/).count + page.matches(of: /\ style="/).count
      #expect(handlers == 0)
      #expect(!page.contains("url(") && !page.contains("@import"))
    }
  }

  @Test("has no identifier twice and names only what exists")
  func identifiers() {
    for page in [
      RunReport.html(SampleReports.classifier()), RunReport.html(SampleReports.regression()),
      CompareReport.html(SampleComparisons.runs(10)),
    ] {
      let ids = page.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
      #expect(Set(ids).count == ids.count)
      let known = Set(ids)
      for match in page.matches(of: /\ (?:aria-labelledby|data-find|href)="#?([^"]*)"/)
      where !match.1.hasPrefix("data:") && !match.1.hasPrefix("runs/") {
        for name in match.1.split(separator: " ") {
          #expect(known.contains(String(name)), "\(name)")
        }
      }
    }
  }

  @Test("finds overfitting only where validation turns while training goes on")
  func overfitting() {
    let curve = { (train: [Double], held: [Double]) in
      Curve(
        name: "loss", goal: .minimize,
        series: [
          CurveSeries(name: "train", values: train), CurveSeries(name: "validation", values: held),
        ])
    }
    #expect(LearningCurves.overfitting(in: curve([5, 4, 3, 2, 1], [5, 4, 3, 3.5, 4])) == 3)
    #expect(LearningCurves.overfitting(in: curve([5, 4, 3, 2, 1], [5, 4, 3, 2.5, 2])) == nil)
    #expect(LearningCurves.overfitting(in: curve([5, 4, 3, 3, 3], [5, 4, 3, 3.5, 4])) == nil)
    #expect(LearningCurves.overfitting(in: curve([5, 4, 3, 2, 1], [5, 4, 3, 3.01, 3.02])) == nil)
    #expect(LearningCurves.overfitting(in: curve([], [])) == nil)
    #expect(LearningCurves.overfitting(in: curve([.nan, 1, 1], [.nan, .nan, .nan])) == nil)
  }

  @Test("places every stage right of what it reads, cycles or not")
  func columns() {
    let stages = { (edges: [(String, [String])]) in
      edges.map { name, sources in
        StageSummary(
          name: name, kind: "k", key: "",
          inputs: sources.map { .init(name: "x", stage: $0, digest: "") },
          outputs: [])
      }
    }
    #expect(
      ProvenanceGraph.columns(stages([("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])]))
        == [0, 1, 1, 2])
    #expect(ProvenanceGraph.columns(stages([("d", ["c"]), ("c", ["a"]), ("a", [])])) == [2, 1, 0])
    #expect(ProvenanceGraph.columns(stages([("a", ["b"]), ("b", ["a"])])).allSatisfy { $0 < 2 })
    #expect(ProvenanceGraph.columns(stages([("a", ["gone"])])) == [0])
  }
}
