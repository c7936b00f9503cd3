internal import Autograd
internal import Datasets
internal import Training

/// A split of a prepared dataset as the trainer draws from it.
struct DatasetSource: SampleSource {
  let split: DatasetSplit

  /// The augmentation while training, and its seed.
  var augmentation: (Augmentation, seed: UInt64)?

  init(split: DatasetSplit, augmentation: (Augmentation, seed: UInt64)? = nil) {
    self.split = split
    self.augmentation = augmentation
  }

  var count: Int { split.count }
  var inputShape: Shape { [split.shape.channels, split.shape.height, split.shape.width] }
  var classCount: Int { split.classNames.count }

  func gather(
    _ indices: Span<UInt32>, inputs: inout MutableSpan<Float>, labels: inout MutableSpan<UInt32>
  ) {
    split.gather(indices, into: &inputs)
    for place in indices.indices {
      labels[place] = UInt32(split.labels[Int(indices[place])])
    }
  }

  func gather(
    _ indices: Span<UInt32>, epoch: Int, inputs: inout MutableSpan<Float>,
    labels: inout MutableSpan<UInt32>
  ) {
    gather(indices, inputs: &inputs, labels: &labels)
    guard let (augmentation, seed) = augmentation else { return }
    augmentation.apply(
      to: &inputs, shape: split.shape, fill: split.transform.offset, samples: indices,
      epoch: UInt32(truncatingIfNeeded: epoch), seed: seed)
  }
}
