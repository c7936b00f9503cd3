internal import Settings

/// Values as they are; bytes become 0…255.
public struct NoNormalization: NormalizationKind {
  public static let word = "none"
  public static let summary = "Keeps bytes as numbers from 0 to 255."

  /// Creates the normalization.
  public init() {}

  public func factors(
    of channel: Int, _ statistics: ChannelStatistics, isBytes: Bool
  ) -> (scale: Double, offset: Double)? { (1, 0) }
}
