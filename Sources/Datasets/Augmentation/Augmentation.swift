internal import RandomStreams

/// Random changes of images while training: a shift of the crop and a mirror image.
///
/// What happens to a sample is drawn by (seed, epoch, sample) and by nothing else: not by the batch it
/// is in, nor by threads, nor by what was drawn before.
public struct Augmentation: Hashable, Sendable {
  /// What stands outside the image when the crop is shifted.
  public enum Border: Hashable, Sendable {
    /// One value a channel.
    case constant([Float])
    /// The image mirrored at its edge pixel, which is not repeated.
    case reflection
  }

  /// The most pixels that the crop is shifted by, in each direction; less than height and width where
  /// the border is a reflection.
  public var padding: Int

  /// What stands outside the image.
  public var border: Border

  /// Whether every second sample, on average, is mirrored left to right.
  public var mirrors: Bool

  /// Creates an augmentation.
  public init(padding: Int = 0, border: Border = .reflection, mirrors: Bool = false) {
    precondition(padding >= 0)
    self.padding = padding
    self.border = border
    self.mirrors = mirrors
  }

  /// What is done to one sample.
  struct Draw: Hashable {
    /// How far the crop is shifted down and right, −padding to padding.
    let (down, right): (Int, Int)

    /// Whether the crop is mirrored.
    let isMirrored: Bool
  }

  /// Draws for a sample: bit 0 of the first word mirrors, then a shift down, then one to the right,
  /// each a uniform integer below 2 · padding + 1. All three are always drawn.
  func draw(seed: UInt64, epoch: UInt32, sample: UInt32) -> Draw {
    var stream = RandomStream(
      StreamKey(seed: seed), .augmentation, step: epoch, element: sample)
    let isMirrored = stream.nextWord() & 1 == 1
    let bound = UInt32(2 * padding + 1)
    let down = Int(stream.integer(below: bound)) - padding
    let right = Int(stream.integer(below: bound)) - padding
    return Draw(down: down, right: right, isMirrored: mirrors && isMirrored)
  }

  /// Changes the samples of a batch in place.
  ///
  /// - Parameters:
  ///   - values: N × C × H × W.
  ///   - shape: The shape of each sample.
  ///   - samples: What names each sample for the draw: its place in the split.
  ///   - epoch: The epoch.
  ///   - seed: The seed of the training.
  /// - Complexity: O(*n*) in the number of values.
  public func apply(
    to values: inout MutableSpan<Float>, shape: ImageShape, samples: Span<UInt32>, epoch: UInt32,
    seed: UInt64
  ) {
    precondition(values.count == samples.count * shape.count)
    if case .constant(let fill) = border { precondition(fill.count == shape.channels) }
    if case .reflection = border { precondition(padding < min(shape.height, shape.width)) }
    var scratch = [Float](repeating: 0, count: shape.area)
    for place in samples.indices {
      let draw = draw(seed: seed, epoch: epoch, sample: samples[place])
      guard draw.down != 0 || draw.right != 0 || draw.isMirrored else { continue }
      for channel in 0..<shape.channels {
        let start = place * shape.count + channel * shape.area
        for index in 0..<shape.area { scratch[index] = values[start + index] }
        crop(scratch.span, shape, channel, draw, to: &values, at: start)
      }
    }
  }

  /// Writes one channel as the draw says.
  private func crop(
    _ source: Span<Float>, _ shape: ImageShape, _ channel: Int, _ draw: Draw,
    to values: inout MutableSpan<Float>, at start: Int
  ) {
    for row in 0..<shape.height {
      let sourceRow = place(row + draw.down, in: shape.height)
      for column in 0..<shape.width {
        let shifted = (draw.isMirrored ? shape.width - 1 - column : column) + draw.right
        let value: Float
        if let sourceRow, let sourceColumn = place(shifted, in: shape.width) {
          value = source[sourceRow * shape.width + sourceColumn]
        } else if case .constant(let fill) = border {
          value = fill[channel]
        } else {
          // A reflection has a place for every index that a draw can give.
          value = 0
        }
        values[start + row * shape.width + column] = value
      }
    }
  }

  /// The place in the image of an index that may lie outside, or nil for the constant border.
  private func place(_ index: Int, in count: Int) -> Int? {
    if index >= 0 && index < count { return index }
    guard case .reflection = border else { return nil }
    return index < 0 ? -index : 2 * (count - 1) - index
  }
}
