import Report

extension SampleReports {
  static func falling(
    _ noise: inout Noise, _ count: Int, from start: Double, to end: Double, noise amount: Double,
    rise: Double = 0
  ) -> [Double] {
    (0..<count).map { index in
      let part = Double(index) / Double(max(count - 1, 1))
      let decay = (1 - part) * (1 - part) * (1 - part) * (1 - part)
      return end + (start - end) * decay + rise * part * part + amount * noise.bell()
    }
  }

  static func curves(_ noise: inout Noise, epochs: Int, skill: Double = 0) -> [Curve] {
    let train = falling(&noise, epochs, from: 0.52, to: 0.19 - skill, noise: 0.004)
    let held = falling(&noise, epochs, from: 0.43, to: 0.29 - skill, noise: 0.006, rise: 0.06)
    return [
      Curve(
        name: "loss", goal: .minimize,
        series: [
          CurveSeries(name: "train", values: train), CurveSeries(name: "validation", values: held),
        ]),
      Curve(
        name: "accuracy", goal: .maximize,
        series: [
          CurveSeries(name: "train", values: train.map { 0.998 - 0.36 * $0 }),
          CurveSeries(
            name: "validation", values: held.map { 0.995 - 0.33 * $0 + 0.002 * noise.bell() }),
        ]),
    ]
  }

  static func confusion(_ noise: inout Noise, skill: Double) -> ConfusionMatrix {
    // Shirts look like T-shirts, pullovers and coats; sneakers like boots.
    let friends = [
      6: [0, 2, 4, 3], 0: [6, 3], 2: [4, 6], 4: [2, 6], 3: [0, 4], 5: [7, 9], 7: [9, 5], 9: [7],
    ]
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 10)
    for row in 0..<10 {
      let own = row == 6 ? skill - 0.2 : friends[row] == nil ? 0.975 : skill + 0.01
      for _ in 0..<1000 {
        let others = friends[row] ?? []
        if noise.next() < own {
          counts[row][row] += 1
        } else if !others.isEmpty, noise.next() < 0.9 {
          counts[row][others[noise.index(below: others.count)]] += 1
        } else {
          counts[row][noise.index(below: 10)] += 1
        }
      }
    }
    return ConfusionMatrix(classNames: classNames, counts: counts)
  }

  static func accuracy(_ matrix: ConfusionMatrix) -> Double {
    Double(matrix.correct) / Double(matrix.total)
  }

  static func classification(_ noise: inout Noise, _ matrix: ConfusionMatrix) -> Classification {
    var samples: [ClassifiedSample] = []
    let wrong = matrix.counts.indices.flatMap { row in
      matrix.counts[row].indices.filter { $0 != row && matrix.counts[row][$0] > 8 }.map {
        (row, $0)
      }
    }
    for index in 0..<48 {
      let (row, column) = wrong[index * 7 % wrong.count]
      let probability = 0.999 - 0.006 * Double(index)
      samples.append(
        ClassifiedSample(
          index: noise.index(below: 10_000), image: picture(&noise, kind: row), trueClass: row,
          predictedClass: column, probability: probability,
          trueProbability: (1 - probability) * 0.4, loss: 7 - 0.08 * Double(index)))
    }
    var confidences: [Double] = []
    var right: [Bool] = []
    for _ in 0..<10_000 {
      let confidence = 1 - 0.8 * noise.next() * noise.next() * noise.next()
      confidences.append(confidence)
      right.append(noise.next() < confidence - 0.06 * (1 - confidence) - 0.02)
    }
    return Classification(
      split: "test", confusion: matrix, worstSamples: samples,
      thresholdCurves: classNames.indices.compactMap { threshold(&noise, $0) },
      reliability: Reliability(confidences: confidences, isCorrect: right))
  }

  private static func threshold(_ noise: inout Noise, _ index: Int) -> ThresholdCurve? {
    let spread = index == 6 ? 0.5 : 0.24 + 0.05 * Double(index % 4)
    let truths = (0..<2000).map { _ in noise.next() < 0.1 }
    let scores = truths.map { min(max(($0 ? 0.75 : 0.2) + spread * noise.bell(), 0), 1) }
    return ThresholdCurve(className: classNames[index], scores: scores, isPositive: truths)
  }

  /// A silhouette, so that the gallery has something to show.
  static func picture(_ noise: inout Noise, kind: Int) -> SampleImage {
    var pixels = [UInt8](repeating: 0, count: 784)
    for y in 0..<28 {
      for x in 0..<28 {
        let (u, v) = (abs(Double(x) - 13.5) / 14, Double(y) / 27)
        let inside: Bool =
          switch kind {
          case 1: u < 0.42 && v > 0.04 && (u > 0.08 || v < 0.3)
          case 3: u < 0.2 + 0.35 * v && v > 0.05
          case 5, 7, 9: v > (kind == 9 ? 0.2 : 0.5) + 0.2 * (Double(x) / 27) && v < 0.85
          case 8: u < 0.75 && v > 0.4 && v < 0.92 || abs(u - 0.45) < 0.07 && v > 0.15 && v < 0.4
          default: u < 0.5 && v > 0.08 || u < 0.95 - 0.3 * v && v > 0.1 && v < 0.5
          }
        guard inside, v < 0.96 else { continue }
        pixels[y * 28 + x] = UInt8(min(max(165 + 55 * noise.bell() - 40 * u, 20), 255))
      }
    }
    return SampleImage(width: 28, height: 28, pixels: pixels)
  }

  static func norms(_ noise: inout Noise, epochs: Int) -> [LayerNorms] {
    ["linear1", "linear2", "linear3"].enumerated().map { index, layer in
      let start = 9.2 - 2.3 * Double(index)
      return LayerNorms(
        layer: layer, positions: (1...epochs).map(Double.init),
        weights: (1...epochs).map {
          start + Double($0).squareRoot() * (1.1 - 0.25 * Double(index))
        },
        gradients: falling(
          &noise, epochs, from: 0.9 - 0.2 * Double(index), to: 0.2 + 0.1 * Double(index),
          noise: 0.03))
    }
  }

  static func steps(_ noise: inout Noise, epochs: Int) -> [Curve] {
    let count = epochs * 200
    let fall = (0..<count).map { 1 / (1 + 12 * Double($0) / Double(count)) }
    return [("loss of a batch", MetricGoal.minimize, 1.9), ("gradient norm", .none, 2.4)].map {
      name, goal, start in
      Curve(
        name: name, axis: "step", goal: goal,
        series: [
          CurveSeries(
            name: name, values: fall.map { max(0.01, start * $0 + 0.12 * noise.bell()) })
        ])
    }
  }

  static func spreads(_ noise: inout Noise, epochs: Int) -> [ParameterSpread] {
    ["linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias"].map { name in
      let histograms = { (noise: inout Noise, width: Double) in
        (1...epochs).map { epoch in
          let reach = width * (0.4 + 0.6 * (Double(epoch) / Double(epochs)).squareRoot())
          return ParameterSpread.Histogram(
            least: -reach * (1 + 0.1 * noise.next()), greatest: reach,
            counts: (0..<32).map { part in
              let place = (Double(part) - 15.5) / 7
              return Int(4000 / (1 + place * place * place * place) * (0.8 + 0.2 * noise.next()))
            })
        }
      }
      return ParameterSpread(
        name: name, positions: (1...epochs).map(Double.init), weights: histograms(&noise, 0.4),
        gradients: histograms(&noise, 0.02))
    }
  }

  /// The spec of the sample runs, with a learning rate of one's own.
  static func specification(learningRate: String, batchSize: String = "64") -> String {
    """
    version: 1
    name: fashion-mnist
    seed: 42
    stages:
      download: {step: download, files: {…}}   # four files, pinned by their digests
      prepare:
        step: prepare
        format: idx
        validation: {count: 5000, stratified: true}
        normalize: standardize
      train:
        step: train
        data: prepare/dataset.h5
        model: [flatten, {linear: 128}, relu, {linear: 64}, relu, {linear: 10}]
        loss: cross_entropy
        optimizer: {adam: {learning_rate: \(learningRate)}}
        epochs: 20
        batch_size: \(batchSize)
      evaluate: {step: evaluate, model: train/model.safetensors, data: prepare/dataset.h5}
      report: {step: report, title: Fashion-MNIST perceptron}

    """
  }

  static func settings(
    learningRate: String, batchSize: String = "64", hidden: String = "128",
    optimizer: String = "adam"
  ) -> [Setting] {
    [
      Setting(path: "seed", value: "42"),
      Setting(path: "prepare.format", value: "idx"),
      Setting(path: "prepare.normalize", value: "standardize"),
      Setting(path: "prepare.validation.count", value: "5000"),
      Setting(path: "prepare.validation.stratified", value: "true", isDefault: true),
      Setting(path: "train.batch_size", value: batchSize),
      Setting(path: "train.clip.norm", value: "none", isDefault: true),
      Setting(path: "train.epochs", value: "20"),
      Setting(path: "train.loss", value: "cross_entropy"),
      Setting(
        path: "train.model",
        value: "[flatten, {linear: \(hidden)}, relu, {linear: 64}, relu, {linear: 10}]"),
      Setting(path: "train.optimizer.\(optimizer).beta1", value: "0.9", isDefault: true),
      Setting(path: "train.optimizer.\(optimizer).beta2", value: "0.999", isDefault: true),
      Setting(path: "train.optimizer.\(optimizer).learning_rate", value: learningRate),
      Setting(path: "train.schedule", value: "constant", isDefault: true),
      Setting(path: "train.shards", value: "1", isDefault: true),
      Setting(path: "evaluate.split", value: "test"),
    ]
  }

  static let layers = [
    LayerSummary(name: "flatten1", kind: "flatten", outputShape: "784", parameterCount: 0),
    LayerSummary(
      name: "linear1", kind: "linear 784 → 128", outputShape: "128", parameterCount: 100_480),
    LayerSummary(name: "relu1", kind: "relu", outputShape: "128", parameterCount: 0),
    LayerSummary(name: "linear2", kind: "linear 128 → 64", outputShape: "64", parameterCount: 8256),
    LayerSummary(name: "relu2", kind: "relu", outputShape: "64", parameterCount: 0),
    LayerSummary(name: "linear3", kind: "linear 64 → 10", outputShape: "10", parameterCount: 650),
  ]

  static func stages(_ noise: inout Noise) -> [StageSummary] {
    let images = noise.digest()
    let labels = noise.digest()
    let dataset = noise.digest()
    let weights = noise.digest()
    let results = noise.digest()
    return [
      StageSummary(
        name: "download", kind: "download", key: noise.digest(), inputs: [],
        outputs: [
          .init(name: "train-images.idx", digest: images, byteCount: 47_040_016),
          .init(name: "train-labels.idx", digest: labels, byteCount: 60_008),
        ]),
      StageSummary(
        name: "prepare", kind: "prepare", key: noise.digest(),
        inputs: [
          .init(name: "train-images.idx", stage: "download", digest: images),
          .init(name: "train-labels.idx", stage: "download", digest: labels),
        ], outputs: [.init(name: "dataset.h5", digest: dataset, byteCount: 219_953_152)]),
      StageSummary(
        name: "train", kind: "train", key: noise.digest(),
        inputs: [.init(name: "dataset.h5", stage: "prepare", digest: dataset)],
        outputs: [
          .init(name: "model.safetensors", digest: weights, byteCount: 438_120),
          .init(name: "history.json", digest: noise.digest(), byteCount: 5120),
        ]),
      StageSummary(
        name: "evaluate", kind: "evaluate", key: noise.digest(),
        inputs: [
          .init(name: "model.safetensors", stage: "train", digest: weights),
          .init(name: "dataset.h5", stage: "prepare", digest: dataset),
        ], outputs: [.init(name: "evaluation.json", digest: results, byteCount: 81_022)]),
      StageSummary(
        name: "report", kind: "report", key: noise.digest(),
        inputs: [.init(name: "evaluation.json", stage: "evaluate", digest: results)],
        outputs: [.init(name: "report.html", digest: noise.digest(), byteCount: 403_155)]),
    ]
  }

  static func facts(_ noise: inout Noise, epochs: Int) -> RunFacts {
    RunFacts(
      runID: "01KANX6T9Q4M8Y2V7C3D5E6F7G", startedAt: "2026-11-22 15:28:00 UTC", seconds: 9.84,
      stages: [
        .init(name: "download", state: .hit, seconds: 0.004),
        .init(name: "prepare", state: .hit, seconds: 0.002),
        .init(name: "train", state: .resumed, seconds: 8.91),
        .init(name: "evaluate", state: .ran, seconds: 0.52),
        .init(name: "report", state: .ran, seconds: 0.21),
      ],
      samplesPerSecond: (0..<epochs).map { _ in 298_000 + 14_000 * noise.bell() },
      peakMemoryBytes: 96_400_000, resumedAt: [8],
      environment: [
        Fact(name: "Tool", value: "pipeline 1.0.0, numerics f32-2"),
        Fact(name: "Swift", value: "6.3.1"), Fact(name: "CPU", value: "Intel Xeon Platinum 8481C"),
        Fact(name: "Instruction set", value: "x86-64-v4"), Fact(name: "Threads", value: "2"),
        Fact(name: "System", value: "Debian GNU/Linux 12, Linux 6.1.0"),
        Fact(name: "Commit", value: "4f1c9aa (clean)"),
        Fact(name: "Libraries", value: "hdf5 1.10.8, zlib 1.2.13, libcurl 7.88.1"),
      ], command: "pipeline run pipelines/fashion-mnist.yaml --threads 2",
      log: [
        "run.start     01KANX6T9Q4M8Y2V7C3D5E6F7G pipelines/fashion-mnist.yaml",
        "stage.start   train  train · new", "resume        train  resumes from epoch 8, step 6880",
      ]
        + (9...max(epochs, 9)).map { epoch in
          "epoch         train  epoch \(epoch): loss 0.2\(96 - epoch % 90) · accuracy 89.2 %"
        } + ["stage.end     train  resumed · 8.9 s", "run.end       ok · 9.8 s"],
      specification: specification(learningRate: "0.001"),
      times: RunTimes(
        stepsPerEpoch: 860, start: 8, ends: (0..<max(0, epochs - 8)).map { 0.9 * Double($0 + 1) }),
      tags: ["baseline", "paper"],
      note: "The run that the paper shows.\nTwice the width gained nothing beyond the noise.")
  }
}
