/// The worst-classified samples, as the template shows them.
struct SamplesView {
  struct SampleView {
    var anchor: String
    var pair: String
    var image: String?
    var alt: String
    var width: Int
    var height: Int
    var was: String
    /// The probability of the true class.
    var chance: String
    var verdict: String
    /// The probability of the predicted class.
    var verdictChance: String
    var about: String
  }

  /// More pictures than anybody looks at would only make the file large.
  static let limit = 64

  var samplesNote: String
  var samples: [SampleView]

  init?(_ classification: Classification?) {
    guard let classification, !classification.worstSamples.isEmpty else { return nil }
    let shown = classification.worstSamples.prefix(Self.limit)
    let names = classification.confusion.classNames
    samples = shown.enumerated().map { index, sample in
      let was = Self.name(sample.trueClass, names)
      let said = Self.name(sample.predictedClass, names)
      return SampleView(
        anchor: Self.anchor(index), pair: Self.pair(sample),
        image: sample.image.map(PNGImage.dataURL),
        alt: "\(classification.split) sample \(sample.index): \(was), taken for \(said)",
        width: sample.image?.width ?? 0, height: sample.image?.height ?? 0, was: was,
        chance: sample.trueProbability.map(Self.probability) ?? "",
        verdict: sample.trueClass == sample.predictedClass
          ? "right" : "→ \(said)", verdictChance: sample.probability.map(Self.probability) ?? "",
        about: "#\(sample.index)")
    }
    samplesNote =
      "The \(Text.counted(shown.count, "\(classification.split) sample")) with the greatest loss, "
      + "the worst first: the true class and what it was taken for, each with the probability that "
      + "the model gave it."
  }

  static func anchor(_ index: Int) -> String { "sample-\(index)" }

  static func pair(_ sample: ClassifiedSample) -> String {
    "\(sample.trueClass)-\(sample.predictedClass)"
  }

  private static func name(_ index: Int, _ names: [String]) -> String {
    names.indices.contains(index) ? names[index] : "class \(index)"
  }

  private static func probability(_ value: Double) -> String {
    value > 0 && value < 0.0005 ? "<0.1%" : NumberText.percent(value, decimals: 1)
  }
}
