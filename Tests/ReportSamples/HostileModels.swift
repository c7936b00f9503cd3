public import Report

/// Small models in which every free text is the same given text.
public enum HostileModels {
  public static func run(_ text: String) -> RunReportModel {
    let matrix = ConfusionMatrix(classNames: [text, text + "2"], counts: [[5, 2], [1, 7]])
    let image = SampleImage(width: 2, height: 2, pixels: [0, 80, 160, 240])
    let curve = Curve(
      name: text, axis: text, goal: .minimize,
      series: [
        CurveSeries(name: text, values: [3, 2, 1]), CurveSeries(name: text, values: [3, 2.5, 2]),
      ])
    let scores = ThresholdCurve(
      className: text, scores: [0.1, 0.8, 0.4, 0.9], isPositive: [false, true, false, true])
    return RunReportModel(
      title: text, specName: text, status: .failed(text),
      headline: Metric(name: text, value: 1.5, goal: .maximize),
      metrics: [Metric(name: text, value: 2.5, goal: .none)], datasetName: text,
      datasetFacts: [Fact(name: text, value: text)], reproduceWith: [text], curves: [curve],
      weightsEpoch: 2,
      classification: Classification(
        split: text, confusion: matrix, classScores: SampleReports.scores(matrix),
        worstSamples: [
          ClassifiedSample(
            index: 1, image: image, trueClass: 0, predictedClass: 1, probability: 0.9,
            trueProbability: 0.1)
        ], thresholdCurves: scores.map { [$0] } ?? [],
        reliability: Reliability(confidences: [0.9, 0.6], isCorrect: [true, false], binCount: 4)),
      regression: Regression(split: text, target: text, trueValues: [1, 2], predictions: [1, 3]),
      plots: plots(text, 0),
      steps: [
        Curve(
          name: text, axis: text, goal: .none, series: [CurveSeries(name: text, values: [1, 2])])
      ],
      layerNorms: [
        LayerNorms(layer: text, positions: [1, 2], weights: [1, 2], gradients: [2, 1])
      ],
      spreads: [
        ParameterSpread(
          name: text, positions: [1, 2],
          weights: [1, 2].map { .init(least: -$0, greatest: $0, counts: [1, 2, 1]) },
          gradients: [1, 2].map { .init(least: -$0, greatest: $0, counts: [1, 0, 1]) })
      ],
      settings: [
        Setting(path: text, value: text), Setting(path: "a." + text, value: text, isDefault: true),
      ],
      layers: [LayerSummary(name: text, kind: text, outputShape: text, parameterCount: 3)],
      stages: stages(text), modelCard: "Card: " + text,
      facts: RunFacts(
        runID: text, startedAt: text, seconds: 1,
        stages: [.init(name: text, state: .ran, seconds: 1)],
        samplesPerSecond: [1, 2], peakMemoryBytes: 5, resumedAt: [2],
        environment: [Fact(name: text, value: text)], command: text, reproduceWith: [text],
        log: [text, text], specification: oneLine(text),
        times: RunTimes(stepsPerEpoch: 2, ends: [1, 2]),
        tags: [text], note: oneLine("n " + text)))
  }

  public static func compare(_ text: String) -> CompareReportModel {
    CompareReportModel(
      title: text,
      runs: (0..<3).map { index in
        var run = ComparedRun(
          id: text, name: text, specName: text,
          settings: [
            Setting(path: text, value: "\(text) \(index)"), Setting(path: "a." + text, value: text),
          ],
          metrics: [.init(name: text, goal: .maximize, last: Double(index), best: 3, bestEpoch: 1)],
          curves: [
            Curve(
              name: text, axis: text, goal: .minimize,
              series: [CurveSeries(name: text, values: [2, 1])])
          ],
          confusion: ConfusionMatrix(
            classNames: [text, text + "2"], counts: [[5, index], [1, 7]]),
          predictions: .init(trueClasses: [0, 1], predictedClasses: [index, 1]),
          plots: plots(text, index),
          environment: [Fact(name: text, value: "\(text) \(index)")],
          stages: stages("\(text) \(index)"),
          specification: "same: \(index / 2)\n\(index): \(oneLine(text))\n",
          testDataDigest: text)
        run.tags = [text]
        run.note = oneLine("n \(index) " + text)
        return run
      })
  }

  /// A plot of each kind, among them a picture that would run the text if anything of it ran.
  private static func plots(_ text: String, _ index: Int) -> [Plot] {
    let numbers = [1, 2, Double(index)]
    let contents: [Plot.Content] = [
      .lines(
        Curve(
          name: text, axis: text, goal: .none,
          series: [CurveSeries(name: text, values: numbers)])),
      .points(
        PointCloud(
          xName: text, yName: text,
          groups: [text, text + "2"].map { .init(name: $0, x: numbers, y: numbers) })),
      .bars(
        BarGroups(
          axis: text, categories: ["a " + text, "b " + text, "c"],
          series: [.init(name: text, values: numbers)])),
      .histogram(column: text, values: numbers, bins: 3),
      .confusion(ConfusionMatrix(classNames: [text, text + "2"], counts: [[5, index], [1, 7]])),
      .table(PlainTable(columns: [text, "n"], rows: [["cell " + text, "1"]], rowCount: 2)),
      .image(
        PlotImage(
          mediaType: .svg,
          bytes: Array(
            ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\" "
              + "onload=\"top.alert(1)\"><script>top.alert(2)</script><image "
              + "href=\"https://example.invalid/a.png\"/><text>\(index)</text></svg>").utf8),
          alternative: text)),
    ]
    return contents.enumerated().map { Plot(title: "\($0) \(text)", source: text, content: $1) }
  }

  public static func index(_ text: String) -> IndexReportModel {
    IndexReportModel(
      title: text,
      runs: (0..<2).map { index in
        IndexReportModel.Run(
          id: text, title: text, specName: text, status: .interrupted(text), startedAt: text,
          seconds: 1, stages: [.init(name: text, state: .failed, seconds: 1)],
          metrics: [Metric(name: text, value: 1, goal: .maximize)],
          settings: [Setting(path: text, value: "\(text) \(index)")], page: "x y" + text,
          tags: [text], note: "n " + text)
      })
  }

  /// The text without what would make it more lines: their number is part of the structure.
  private static func oneLine(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func stages(_ text: String) -> [StageSummary] {
    [
      StageSummary(
        name: text, kind: "kind " + text, key: text, inputs: [],
        outputs: [.init(name: text, digest: text, byteCount: 1)]),
      StageSummary(
        name: text + "2", kind: "kind " + text, key: text,
        inputs: [.init(name: text, stage: text, digest: text)],
        outputs: [.init(name: text, digest: text, byteCount: 1)]),
    ]
  }
}
