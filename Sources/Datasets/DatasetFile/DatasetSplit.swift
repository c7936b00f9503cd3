/// The samples of one split in memory, ready to be gathered into batches.
///
/// Samples that were bytes are kept as bytes where that loses nothing: every stored value was checked
/// to be `fma(byte, scale, offset)`, and gathering computes the same expression, so the bits are those
/// of the file at a quarter of the memory.
public struct DatasetSplit: Sendable {
  /// How the values are kept.
  enum Values: Sendable {
    case bytes([UInt8])
    case floats([Float])
  }

  /// Which split this is.
  public let name: SplitName

  /// The shape of each sample.
  public let shape: ImageShape

  /// The names of the classes, in the order of labels.
  public let classNames: [String]

  /// The class of each sample.
  public let labels: [Int32]

  /// The place of each sample in its source, ascending.
  public let indices: [Int]

  /// What was done to each value.
  public let transform: ChannelTransform

  let values: Values

  /// The number of samples.
  public var count: Int { labels.count }

  /// The memory that the values take, in bytes.
  public var byteCount: Int {
    switch values {
    case .bytes(let bytes): bytes.count
    case .floats(let floats): 4 * floats.count
    }
  }

  /// Writes samples one after another, N × C × H × W.
  ///
  /// - Parameters:
  ///   - samples: Places in this split, below ``count``; repeats are allowed.
  ///   - values: Room for exactly that many samples.
  ///   - labels: Room for exactly that many labels.
  /// - Complexity: O(*n*) in the number of values.
  public func gather(
    _ samples: Span<UInt32>, into values: inout MutableSpan<Float>,
    labels: inout MutableSpan<Int32>
  ) {
    precondition(labels.count == samples.count)
    for place in samples.indices { labels[place] = self.labels[Int(samples[place])] }
    gather(samples, into: &values)
  }

  /// Writes samples one after another, without their labels.
  public func gather(_ samples: Span<UInt32>, into values: inout MutableSpan<Float>) {
    precondition(values.count == samples.count * shape.count)
    switch self.values {
    case .bytes(let bytes):
      ByteGather.write(samples, of: bytes.span, shape, transform, to: &values)
    case .floats(let floats):
      let source = floats.span
      for place in samples.indices {
        let sample = Int(samples[place])
        let row = source.extracting(sample * shape.count..<(sample + 1) * shape.count)
        for index in row.indices { values[place * shape.count + index] = row[index] }
      }
    }
  }
}
