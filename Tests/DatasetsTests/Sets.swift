import Datasets

/// A set of bytes that look random but are always the same; class of sample i by `label`.
func byteSet(
  _ count: Int, _ shape: ImageShape = ImageShape(channels: 2, height: 3, width: 4),
  seed: UInt64 = 1, label: (Int) -> Int32 = { Int32($0 % 3) }
) throws -> ImageSet {
  var state = seed
  let bytes = (0..<count * shape.count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
  return try ImageSet(
    source: "bytes", shape: shape, samples: .bytes(bytes), labels: (0..<count).map(label))
}

/// The same with floats around zero.
func floatSet(
  _ count: Int, _ shape: ImageShape = ImageShape(channels: 2, height: 3, width: 4)
) throws -> ImageSet {
  guard case .bytes(let bytes) = try byteSet(count, shape, seed: 5).samples else {
    preconditionFailure("the set was made of bytes")
  }
  return try ImageSet(
    source: "floats", shape: shape, samples: .floats(bytes.map { (Float($0) - 100) / 7 }),
    labels: (0..<count).map { Int32($0 % 3) })
}

extension ImageSet {
  /// All values as floats.
  var floats: [Float] {
    switch samples {
    case .bytes(let bytes): bytes.map { Float($0) }
    case .floats(let floats): floats
    }
  }
}

/// All samples of a split, in order.
func everything(_ split: DatasetSplit) -> [Float] {
  var values = [Float](repeating: .nan, count: split.count * split.shape.count)
  let samples = Array(0..<UInt32(split.count))
  var span = values.mutableSpan
  split.gather(samples.span, into: &span)
  return values
}
