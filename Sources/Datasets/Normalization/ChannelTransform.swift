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
  init?(_ normalization: any NormalizationKind, _ statistics: ChannelStatistics, isBytes: Bool) {
    let pairs = statistics.mean.indices.compactMap {
      normalization.factors(of: $0, statistics, isBytes: isBytes)
    }
    guard pairs.count == statistics.mean.count else { return nil }
    scale = pairs.map { Float($0.scale) }
    offset = pairs.map { Float($0.offset) }
    guard scale.allSatisfy(\.isFinite), offset.allSatisfy(\.isFinite) else { return nil }
  }
}
