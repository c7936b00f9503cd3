/// A small picture of a sample: grey or red, green, blue, eight bits each.
public struct SampleImage: Sendable, Hashable {
  public var width: Int
  public var height: Int
  /// 1 for grey, 3 for red, green, blue.
  public var channels: Int
  /// Rows from the top, pixels from the left, channels together: `height · width · channels` bytes.
  public var pixels: [UInt8]

  /// Creates a picture.
  ///
  /// - Precondition: 1 or 3 channels, at least one pixel, and exactly as many bytes as that takes.
  public init(width: Int, height: Int, channels: Int = 1, pixels: [UInt8]) {
    precondition(channels == 1 || channels == 3, "grey or red, green, blue")
    precondition(width > 0 && height > 0, "at least one pixel")
    precondition(pixels.count == width * height * channels, "a byte for each value")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }
}

/// A classified sample worth looking at: usually one of those with the greatest loss.
public struct ClassifiedSample: Sendable, Hashable {
  /// The sample's place in its split, from 0.
  public var index: Int
  public var image: SampleImage?
  /// An index into the class names.
  public var trueClass: Int
  /// An index into the class names.
  public var predictedClass: Int
  /// The probability that the model gave the predicted class, where it gives probabilities.
  public var probability: Double?
  /// The probability that the model gave the true class.
  public var trueProbability: Double?
  public var loss: Double?

  public init(
    index: Int, image: SampleImage?, trueClass: Int, predictedClass: Int, probability: Double?,
    trueProbability: Double? = nil, loss: Double? = nil
  ) {
    self.index = index
    self.image = image
    self.trueClass = trueClass
    self.predictedClass = predictedClass
    self.probability = probability
    self.trueProbability = trueProbability
    self.loss = loss
  }
}
