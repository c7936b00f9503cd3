public import Autograd

/// Samples held in memory.
public struct ArraySource: SampleSource {
  /// All inputs, sample after sample.
  public let inputs: [Float]
  /// One label per sample.
  public let labels: [UInt32]
  /// The shape of one sample.
  public let inputShape: Shape
  /// The number of classes.
  public let classCount: Int

  /// The number of samples.
  public var count: Int { labels.count }

  /// Creates a source.
  ///
  /// - Precondition: `inputs.count == labels.count · inputShape.count`, and every label is in 0 ..< `classCount`.
  public init(inputs: [Float], labels: [UInt32], inputShape: Shape, classCount: Int) {
    precondition(inputs.count == labels.count * inputShape.count, "inputs and labels do not match")
    precondition(labels.allSatisfy { $0 < UInt32(classCount) }, "a label is not a class")
    self.inputs = inputs
    self.labels = labels
    self.inputShape = inputShape
    self.classCount = classCount
  }

  /// Copies the samples.
  public func gather(
    _ indices: Span<UInt32>, inputs destination: inout MutableSpan<Float>,
    labels destinationLabels: inout MutableSpan<UInt32>
  ) {
    let size = inputShape.count
    for row in indices.indices {
      let index = Int(indices[row])
      destinationLabels[row] = labels[index]
      let source = inputs.span.extracting(index * size..<(index + 1) * size)
      for element in 0..<size { destination[row * size + element] = source[element] }
    }
  }
}
