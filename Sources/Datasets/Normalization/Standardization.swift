internal import Settings

/// Mean 0 and deviation 1 over the training split.
///
/// A channel without deviation is only shifted.
public struct Standardization: NormalizationKind {
  public static let word = "standardize"
  public static let summary =
    "Mean 0 and deviation 1 per channel, by the statistics of the training split."

  /// Creates the normalization.
  public init() {}

  public func factors(
    of channel: Int, _ statistics: ChannelStatistics, isBytes: Bool
  ) -> (scale: Double, offset: Double)? {
    let deviation = statistics.standardDeviation[channel]
    let divisor = deviation > 0 ? deviation : 1
    return (
      1 / (Normalization.unit(isBytes: isBytes) * divisor), -statistics.mean[channel] / divisor
    )
  }
}
