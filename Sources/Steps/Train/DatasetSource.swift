internal import Autograd
internal import Datasets
internal import Training

/// A split of a prepared dataset as the trainer draws from it.
struct DatasetSource: SampleSource {
  let split: DatasetSplit

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
}
