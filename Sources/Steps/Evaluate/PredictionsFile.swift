internal import SafeTensors

/// The content of `predictions.safetensors` as a reader sees it.
struct PredictionsFile {
  let labels: [Int]
  let predictions: [Int]
  let losses: [Float]
  /// `classCount` values a sample.
  let probabilities: [Float]
  let classCount: Int
  /// Whether the scores are probabilities, and not the outputs of a model trained with squared error.
  let areProbabilities: Bool

  /// - Throws: ``SafeTensorsError``, or ``ModelFileError`` for a file with other content.
  init(bytes: [UInt8]) throws {
    let file = try TensorFile(bytes: bytes)
    guard let labels = file["labels"]?.int64s, let predictions = file["predictions"]?.int64s,
      let losses = file["losses"]?.floats, let probabilities = file["probabilities"],
      let values = probabilities.floats, probabilities.shape.count == 2,
      predictions.count == labels.count, losses.count == labels.count,
      probabilities.shape[0] == labels.count
    else { throw ModelFileError(field: "predictions") }
    self.labels = labels.map { Int($0) }
    self.predictions = predictions.map { Int($0) }
    self.losses = losses
    self.probabilities = values
    classCount = probabilities.shape[1]
    areProbabilities = file.metadata["scores"] != "outputs"
  }

  /// The probability that sample `index` was given of class `label`.
  func probability(_ index: Int, of label: Int) -> Float {
    probabilities[index * classCount + label]
  }
}
