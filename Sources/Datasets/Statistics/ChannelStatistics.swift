/// Mean and standard deviation of each channel, over all positions of all samples of one split.
///
/// Units: for samples of bytes, parts of full scale (a byte of 255 is 1.0), as image libraries quote
/// them; for other samples, the samples' own. The deviation is that of the population: divided by the
/// number of values, not by one less.
public struct ChannelStatistics: Hashable, Sendable {
  /// The mean of each channel.
  public let mean: [Double]

  /// The standard deviation of each channel, at least 0.
  public let standardDeviation: [Double]

  /// The least value of each channel, in the same units.
  public let minimum: [Double]

  /// The greatest value of each channel, in the same units.
  public let maximum: [Double]
}

extension ChannelStatistics {
  /// Takes the statistics of some samples of a set.
  ///
  /// Sums over bytes are exact integers. Sums over floats are made in double precision in the order
  /// of numerics rule 3, sample after sample.
  ///
  /// - Precondition: There is at least one index, and each is that of a sample.
  /// - Complexity: O(*n*) in the number of values.
  init(of set: ImageSet, indices: [Int]) {
    precondition(!indices.isEmpty)
    switch set.samples {
    case .bytes(let values): self.init(bytes: values, set.shape, indices)
    case .floats(let values): self.init(floats: values, set.shape, indices)
    }
  }

  private init(bytes: [UInt8], _ shape: ImageShape, _ indices: [Int]) {
    let histograms = (0..<shape.channels).map { channel in
      ByteHistogram(bytes, shape: shape, channel: channel, indices: indices)
    }
    mean = histograms.map(\.mean)
    standardDeviation = histograms.map(\.standardDeviation)
    minimum = histograms.map(\.minimum)
    maximum = histograms.map(\.maximum)
  }

  private init(floats: [Float], _ shape: ImageShape, _ indices: [Int]) {
    var (means, deviations): ([Double], [Double]) = ([], [])
    var (minima, maxima): ([Double], [Double]) = ([], [])
    let count = Double(indices.count * shape.area)
    for channel in 0..<shape.channels {
      let starts = indices.map { $0 * shape.count + channel * shape.area }
      var (least, greatest) = (Float.infinity, -Float.infinity)
      var sum = StripedSum()
      for start in starts {
        for value in floats[start..<start + shape.area] {
          sum.add(Double(value))
          least = value < least ? value : least
          greatest = value > greatest ? value : greatest
        }
      }
      let mean = sum.total() / count
      var squares = StripedSum()
      for start in starts {
        for value in floats[start..<start + shape.area] {
          let difference = Double(value) - mean
          squares.add(difference * difference)
        }
      }
      means.append(mean)
      deviations.append((squares.total() / count).squareRoot())
      minima.append(Double(least))
      maxima.append(Double(greatest))
    }
    mean = means
    standardDeviation = deviations
    minimum = minima
    maximum = maxima
  }
}
