public import Settings

/// The whole range to the given one: bytes 0…255, other samples the training split's extremes.
public struct ScaleToRange: NormalizationKind {
  public static let word = "scale"
  public static let summary = "Maps the bytes linearly to a range."
  public static let settings = [
    Setting<Self>(
      "range", \.range, .list(.number(.any), count: 2...2),
      "The numbers to which 0 and 255 are mapped.")
  ]
  public static let shorthand: String? = "range"

  /// The least and the greatest number.
  public var range = [0.0, 1.0]

  /// Creates the normalization to numbers from 0 to 1.
  public init() {}

  /// Creates the normalization.
  public init(_ low: Double, _ high: Double) { range = [low, high] }

  public func factors(
    of channel: Int, _ statistics: ChannelStatistics, isBytes: Bool
  ) -> (scale: Double, offset: Double)? {
    let least = isBytes ? 0 : statistics.minimum[channel]
    let greatest = isBytes ? 1 : statistics.maximum[channel]
    let width = greatest > least ? greatest - least : 1
    let factor = (range[1] - range[0]) / width
    return (factor / Normalization.unit(isBytes: isBytes), range[0] - least * factor)
  }
}
