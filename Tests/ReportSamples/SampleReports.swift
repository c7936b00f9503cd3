public import Report

/// Models that look like those of real runs: for tests, for screenshots, for judging by eye.
public enum SampleReports {
  static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  /// The report of a classifier, as an artifact or as the page of a run.
  public static func classifier(withFacts: Bool = true, epochs: Int = 20) -> RunReportModel {
    var noise = Noise(seed: 11)
    let confusion = confusion(&noise, skill: 0.88)
    return RunReportModel(
      title: "Fashion-MNIST perceptron", specName: "fashion-mnist",
      headline: Metric(name: "test accuracy", value: accuracy(confusion), goal: .maximize),
      metrics: [
        Metric(name: "test loss", value: 0.341_23, goal: .minimize),
        Metric(name: "macro F1", value: 0.881_7, goal: .maximize),
        Metric(name: "validation accuracy", value: 0.8934, goal: .maximize),
      ],
      datasetName: "Fashion-MNIST",
      datasetFacts: [
        Fact(name: "Samples", value: "55,000 train · 5,000 validation · 10,000 test"),
        Fact(name: "Sample", value: "1 × 28 × 28, standardized"),
      ],
      reproduceWith: [
        "pipeline run pipelines/fashion-mnist.yaml --set train.epochs=\(epochs)",
        "pipeline verify fashion-mnist",
      ],
      curves: curves(&noise, epochs: epochs), weightsEpoch: epochs,
      classification: classification(&noise, confusion),
      steps: steps(&noise, epochs: epochs),
      layerNorms: norms(&noise, epochs: epochs), spreads: spreads(&noise, epochs: epochs),
      settings: settings(learningRate: "0.001"),
      layers: layers, stages: stages(&noise),
      modelCard: """
        A multi-layer perceptron that tells ten kinds of clothing apart in grey pictures of \
        28 × 28 pixels.

        Meant for checking the pipeline and for teaching. It has seen studio pictures on black \
        only and should not be used to sort photographs.
        """,
      facts: withFacts ? facts(&noise, epochs: epochs) : nil)
  }

  /// The report of a model that predicts a number.
  public static func regression() -> RunReportModel {
    var noise = Noise(seed: 5)
    let truth = (0..<1200).map { _ in 40 + 380 * noise.next() * noise.next() }
    let predictions = truth.map { $0 * (0.97 + 0.02 * noise.bell()) + 14 * noise.bell() + 5 }
    return RunReportModel(
      title: "House prices", specName: "houses",
      headline: Metric(name: "test RMSE", value: 14.62, goal: .minimize),
      datasetName: "Ames",
      reproduceWith: ["pipeline run houses.yaml"],
      curves: [
        Curve(
          name: "loss", goal: .minimize,
          series: [
            CurveSeries(name: "train", values: falling(&noise, 40, from: 900, to: 160, noise: 9)),
            CurveSeries(
              name: "validation", values: falling(&noise, 40, from: 940, to: 210, noise: 15)),
          ])
      ],
      regression: Regression(
        split: "test", target: "price (k€)", trueValues: truth, predictions: predictions),
      plots: plots(&noise),
      settings: settings(learningRate: "0.01"), stages: stages(&noise))
  }

  /// A run that stopped with an error before anything was measured.
  public static func failed() -> RunReportModel {
    var noise = Noise(seed: 3)
    return RunReportModel(
      title: "LeNet-5 on MNIST", specName: "lenet",
      status: .failed(
        "train: the loss is NaN at epoch 3, step 211. The last finite checkpoint is epoch 2; lower "
          + "train.optimizer.sgd.learning_rate or set train.clip.norm."),
      datasetName: "MNIST", reproduceWith: ["pipeline run pipelines/lenet.yaml"],
      curves: [
        Curve(
          name: "loss", goal: .minimize,
          series: [CurveSeries(name: "train", values: [2.31, 4.9, .nan])])
      ],
      settings: settings(learningRate: "10"), stages: stages(&noise))
  }
}
