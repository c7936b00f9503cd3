public import Settings

/// A way to make what a network sees of values: `fma(x, scale, offset)`, one pair a channel.
///
/// Values of byte samples are meant in parts of full scale (255 is 1.0) wherever a mean, a deviation
/// or a range is named, so that the constants which image libraries quote can be used.
public protocol NormalizationKind: Described, Hashable {
  /// Computes the factors of a channel in double precision.
  ///
  /// - Parameters:
  ///   - channel: The channel.
  ///   - statistics: Those of the training split, of bytes in parts of full scale.
  ///   - isBytes: Whether values are bytes, 0 to 255.
  /// - Returns: `nil` where the settings name neither one value nor one a channel.
  func factors(
    of channel: Int, _ statistics: ChannelStatistics, isBytes: Bool
  ) -> (scale: Double, offset: Double)?
}

/// The kinds of normalizations.
public enum Normalization {
  /// All kinds of normalizations.
  public static let kinds = Vocabulary(
    "normalization",
    [
      NoNormalization.self,
      Standardization.self,
      ScaleToRange.self,
      FixedNormalization.self,
    ] as [any NormalizationKind.Type], describe: { (kind: any NormalizationKind) in kind })

  /// What a value is divided by to be in parts of full scale.
  static func unit(isBytes: Bool) -> Double { isBytes ? 255 : 1 }
}
