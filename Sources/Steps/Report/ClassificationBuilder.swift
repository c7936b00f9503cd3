internal import Datasets
internal import Report

/// The data of a classification for the report.
struct ClassificationBuilder {
  let evaluation: StageResults
  let measured: EvaluationFile
  /// The stage that prepared the data, for the images of the samples.
  let data: StageResults?

  /// The number of worst samples that are shown.
  private static let shown = 48

  func classification() -> Classification {
    var result = Classification(
      split: measured.split,
      confusion: ConfusionMatrix(classNames: measured.class_names, counts: measured.confusion),
      classScores: measured.classes.map { Self.score($0.name, $0) },
      meanScores: [
        Self.score("Macro mean", measured.macro_average),
        Self.score("Weighted mean", measured.weighted_average),
      ])
    guard
      let file = evaluation.decoded("predictions.safetensors", PredictionsFile.init(bytes:))
    else { return result }
    let samples = file.labels.indices
    result.worstSamples = worstSamples(file)
    result.thresholdCurves = measured.class_names.indices.compactMap { label in
      ThresholdCurve(
        className: measured.class_names[label],
        scores: samples.map { Double(file.probability($0, of: label)) },
        isPositive: file.labels.map { $0 == label })
    }
    guard file.areProbabilities else { return result }
    result.reliability = Reliability(
      confidences: samples.map { Double(file.probability($0, of: file.predictions[$0])) },
      isCorrect: samples.map { file.predictions[$0] == file.labels[$0] })
    return result
  }

  private static func score(_ name: String?, _ scores: EvaluationFile.Scores) -> ClassScore {
    ClassScore(
      name: name ?? "", precision: scores.precision, recall: scores.recall, f1: scores.f1,
      support: scores.support)
  }

  /// The wrongly classified samples with the largest losses, the lower place first among equals.
  private func worstSamples(_ file: PredictionsFile) -> [ClassifiedSample] {
    let wrong = file.labels.indices.filter { file.predictions[$0] != file.labels[$0] }
    let worst = wrong.sorted {
      file.losses[$0] != file.losses[$1] ? file.losses[$0] > file.losses[$1] : $0 < $1
    }.prefix(Self.shown)
    guard !worst.isEmpty, let split = loadSplit(), split.count == file.labels.count else {
      return []
    }
    let images = SampleImages(split: split)
    return worst.map { index in
      ClassifiedSample(
        index: index, image: images.image(index),
        trueClass: file.labels[index], predictedClass: file.predictions[index],
        probability: file.areProbabilities
          ? Double(file.probability(index, of: file.predictions[index])) : nil,
        trueProbability: file.areProbabilities
          ? Double(file.probability(index, of: file.labels[index])) : nil,
        loss: Double(file.losses[index]))
    }
  }

  private func loadSplit() -> DatasetSplit? {
    guard let data, let name = SplitName(rawValue: measured.split) else { return nil }
    return try? data.samples("dataset.h5", name)
  }
}

/// Samples as pictures: the normalization undone.
struct SampleImages {
  let split: DatasetSplit

  /// The picture of a sample, or `nil` for channels that cannot be displayed.
  func image(_ index: Int) -> SampleImage? {
    let shape = split.shape
    guard shape.channels == 1 || shape.channels == 3 else { return nil }
    var values = [Float](repeating: 0, count: shape.count)
    var span = values.mutableSpan
    split.gather([UInt32(index)].span, into: &span)
    // From C×H×W to H×W×C, the order of pictures.
    let pixels = values.indices.map { pixel -> UInt8 in
      let channel = pixel % shape.channels
      let place = channel * shape.area + pixel / shape.channels
      let scale = split.transform.scale[channel]
      let raw = (values[place] - split.transform.offset[channel]) / (scale == 0 ? 1 : scale)
      return UInt8(max(0, min(255, raw.rounded())))
    }
    return SampleImage(
      width: shape.width, height: shape.height, channels: shape.channels, pixels: pixels)
  }
}
