/// How values become what a network sees: `fma(x, scale, offset)`, one pair a channel.
///
/// Values of byte samples are meant in parts of full scale (255 is 1.0) wherever a mean, a deviation
/// or a range is named, so that the constants which image libraries quote can be used.
public enum Normalization: Hashable, Sendable {
  /// Mean 0 and deviation 1 over the training split. A channel without deviation is only shifted.
  case standardize

  /// The whole range to the given one: bytes 0…255, other samples the training split's extremes.
  case scale(Double, Double)

  /// Minus the mean, divided by the deviation; one value a channel, or one for all.
  case fixed(mean: [Double], standardDeviation: [Double])

  /// Values as they are; bytes become 0…255.
  case none

  /// The word for it in a spec and in a file.
  public var name: String {
    switch self {
    case .standardize: "standardize"
    case .scale: "scale"
    case .fixed: "fixed"
    case .none: "none"
    }
  }
}

/// One multiplication and addition a channel, both factors rounded once from double precision.
public struct ChannelTransform: Hashable, Sendable {
  /// The factor of each channel.
  public let scale: [Float]

  /// The summand of each channel.
  public let offset: [Float]

  init(scale: [Float], offset: [Float]) {
    self.scale = scale
    self.offset = offset
  }

  /// Computes the factors, in double precision, rounded once (numerics rule 14).
  ///
  /// - Returns: `nil` if the normalization names neither one value nor one a channel, or if a factor
  ///   is not finite.
  init?(_ normalization: Normalization, _ statistics: ChannelStatistics, isBytes: Bool) {
    let channels = statistics.mean.count
    /// A byte in parts of full scale is x / 255.
    let unit: Double = isBytes ? 255 : 1
    var pairs: [(scale: Double, offset: Double)] = []
    for channel in 0..<channels {
      switch normalization {
      case .standardize:
        let deviation = statistics.standardDeviation[channel]
        let divisor = deviation > 0 ? deviation : 1
        pairs.append((1 / (unit * divisor), -statistics.mean[channel] / divisor))
      case .scale(let low, let high):
        let least = isBytes ? 0 : statistics.minimum[channel]
        let greatest = isBytes ? 1 : statistics.maximum[channel]
        let width = greatest > least ? greatest - least : 1
        let factor = (high - low) / width
        pairs.append((factor / unit, low - least * factor))
      case .fixed(let mean, let deviation):
        guard [1, channels].contains(mean.count), [1, channels].contains(deviation.count) else {
          return nil
        }
        let divisor = deviation[deviation.count == 1 ? 0 : channel]
        pairs.append((1 / (unit * divisor), -mean[mean.count == 1 ? 0 : channel] / divisor))
      case .none:
        pairs.append((1, 0))
      }
    }
    scale = pairs.map { Float($0.scale) }
    offset = pairs.map { Float($0.offset) }
    guard scale.allSatisfy(\.isFinite), offset.allSatisfy(\.isFinite) else { return nil }
  }
}
