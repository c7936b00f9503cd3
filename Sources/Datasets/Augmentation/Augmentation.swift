internal import RandomStreams
public import Settings

/// Random changes of images while training: a shift of the crop and a mirror image.
///
/// What happens to a sample is drawn by (seed, epoch, sample) and by nothing else: not by the batch it
/// is in, nor by threads, nor by what was drawn before.
public struct Augmentation: SettingRecord, Hashable {
  /// What stands outside the image when the crop is shifted.
  public enum Border: String, CaseIterable, Sendable {
    /// The image mirrored at its edge pixel, which is not repeated.
    case reflect
    /// What 0 became in `prepare`.
    case zero
  }

  public static let settings = [
    Setting<Self>(
      "crop_padding", \.cropPadding, .integer(0...256),
      "The largest shift of the crop in each direction, in pixels."),
    Setting(
      "border", \.border, .word,
      "The values outside the image: its reflection, or the normalized value of 0."),
    Setting(
      "horizontal_flip", \.flipsHorizontally, .boolean,
      "Whether half of the samples, on average, are mirrored left to right."),
  ]

  /// The most pixels that the crop is shifted by, in each direction.
  public var cropPadding = 0

  /// What stands outside the image.
  public var border = Border.reflect

  /// Whether every second sample, on average, is mirrored left to right.
  public var flipsHorizontally = false

  /// Creates an augmentation that changes nothing.
  public init() {}

  /// Creates an augmentation.
  public init(
    cropPadding: Int = 0, border: Border = .reflect, flipsHorizontally: Bool = false
  ) {
    precondition(cropPadding >= 0)
    self.cropPadding = cropPadding
    self.border = border
    self.flipsHorizontally = flipsHorizontally
  }

  /// Whether images of a shape are large enough for the reflection at their borders.
  public func fits(_ shape: ImageShape) -> Bool {
    border != .reflect || cropPadding < min(shape.height, shape.width)
  }

  /// What is done to one sample.
  struct Draw: Hashable {
    /// How far the crop is shifted down and right, −cropPadding to cropPadding.
    let (down, right): (Int, Int)

    /// Whether the crop is mirrored.
    let isMirrored: Bool
  }

  /// Draws for a sample.
  ///
  /// Bit 0 of the first word mirrors; then come a shift down and one to the right, each a uniform
  /// integer below 2 · cropPadding + 1. All three are always drawn.
  func draw(seed: UInt64, epoch: UInt32, sample: UInt32) -> Draw {
    var stream = RandomStream(
      StreamKey(seed: seed), .augmentation, step: epoch, element: sample)
    let isMirrored = stream.nextWord() & 1 == 1
    let bound = UInt32(2 * cropPadding + 1)
    let down = Int(stream.integer(below: bound)) - cropPadding
    let right = Int(stream.integer(below: bound)) - cropPadding
    return Draw(down: down, right: right, isMirrored: flipsHorizontally && isMirrored)
  }

  /// Changes the samples of a batch in place.
  ///
  /// - Parameters:
  ///   - values: N × C × H × W.
  ///   - shape: The shape of each sample.
  ///   - fill: What 0 became in each channel.
  ///   - samples: What names each sample for the draw: its place in the split.
  ///   - epoch: The epoch.
  ///   - seed: The seed of the training.
  /// - Complexity: O(*n*) in the number of values.
  public func apply(
    to values: inout MutableSpan<Float>, shape: ImageShape, fill: [Float], samples: Span<UInt32>,
    epoch: UInt32, seed: UInt64
  ) {
    precondition(values.count == samples.count * shape.count)
    precondition(fill.count == shape.channels && fits(shape))
    var scratch = [Float](repeating: 0, count: shape.area)
    for place in samples.indices {
      let draw = draw(seed: seed, epoch: epoch, sample: samples[place])
      guard draw.down != 0 || draw.right != 0 || draw.isMirrored else { continue }
      for channel in 0..<shape.channels {
        let start = place * shape.count + channel * shape.area
        for index in 0..<shape.area { scratch[index] = values[start + index] }
        crop(scratch.span, shape, fill[channel], draw, to: &values, at: start)
      }
    }
  }

  /// Writes one channel as the draw says.
  private func crop(
    _ source: Span<Float>, _ shape: ImageShape, _ fill: Float, _ draw: Draw,
    to values: inout MutableSpan<Float>, at start: Int
  ) {
    for row in 0..<shape.height {
      let sourceRow = place(row + draw.down, in: shape.height)
      for column in 0..<shape.width {
        let shifted = (draw.isMirrored ? shape.width - 1 - column : column) + draw.right
        let value: Float
        if let sourceRow, let sourceColumn = place(shifted, in: shape.width) {
          value = source[sourceRow * shape.width + sourceColumn]
        } else {
          // A reflection has a place for every index that a draw can give.
          value = fill
        }
        values[start + row * shape.width + column] = value
      }
    }
  }

  /// The place in the image of an index that may lie outside, or nil where nothing is mirrored.
  private func place(_ index: Int, in count: Int) -> Int? {
    if index >= 0 && index < count { return index }
    guard border == .reflect else { return nil }
    return index < 0 ? -index : 2 * (count - 1) - index
  }
}
