/// What differs between the versions of Documentation/Numerics.md, each in one place.
public enum NumericsVersion {
  /// Whether a tap of a convolution that lies in the padding, or beside the output's columns in the input's gradient, multiplies +0; else
  /// it is left out of the chain.
  static let paddingIsMultiplied = true

  /// The samples in a block of a weight's or bias's gradient: rule 2.
  static func gradientBlock(positions: Int) -> Int { max(1, 4096 / max(1, positions)) }

  /// The rows, pairs of sample and position, in a block of a statistic, counted from the first row of the shard or sample.
  static let statisticsBlock = 64
}
