public import Settings

/// Minus the mean, divided by the deviation; one value a channel, or one for all.
public struct FixedNormalization: NormalizationKind {
  public static let word = "fixed"
  public static let summary = "Subtracts a fixed mean and divides by a fixed deviation."
  public static let settings = [
    Setting<Self>(
      "mean", \.mean, .list(.number(.any), count: 1...4), isRequired: true,
      "The mean to subtract, one number per channel, for pixels from 0 to 1."),
    Setting(
      "std", \.standardDeviation, .list(.number(.above(0)), count: 1...4), isRequired: true,
      "The deviation to divide by, one number per channel, for pixels from 0 to 1."),
  ]

  /// What is subtracted.
  public var mean = [0.0]
  /// What is divided by.
  public var standardDeviation = [1.0]

  /// Creates a normalization that changes nothing.
  public init() {}

  /// Creates the normalization.
  public init(mean: [Double], standardDeviation: [Double]) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  public func factors(
    of channel: Int, _ statistics: ChannelStatistics, isBytes: Bool
  ) -> (scale: Double, offset: Double)? {
    let channels = statistics.mean.count
    guard [1, channels].contains(mean.count), [1, channels].contains(standardDeviation.count)
    else { return nil }
    let divisor = standardDeviation[standardDeviation.count == 1 ? 0 : channel]
    return (
      1 / (Normalization.unit(isBytes: isBytes) * divisor),
      -mean[mean.count == 1 ? 0 : channel] / divisor
    )
  }
}
