/// A sequence of draws of 32 random bits.
protocol DrawSource {
  /// The next draw.
  mutating func nextWord() -> UInt32
}

extension DrawSource {
  /// A uniform integer in 0 ..< bound, for a positive bound; the rule is that of ``RandomStream/integer(below:)``.
  mutating func boundedInteger(below bound: UInt32) -> UInt32 {
    var product = UInt64(nextWord()) &* UInt64(bound)
    if UInt32(truncatingIfNeeded: product) < bound {
      let threshold = (0 &- bound) % bound
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(nextWord()) &* UInt64(bound)
      }
    }
    return UInt32(truncatingIfNeeded: product &>> 32)
  }
}

extension RandomStream: DrawSource {
  /// A uniform integer in 0 ..< bound.
  ///
  /// Lemire's rule: the upper half of draw · bound; a draw whose lower half is below (2³² − bound) mod bound is thrown
  /// away and the next one taken, so that every value has exactly the same probability.
  ///
  /// - Precondition: `bound` is positive.
  public mutating func integer(below bound: UInt32) -> UInt32 {
    precondition(bound > 0, "no integer is below 0")
    return boundedInteger(below: bound)
  }

  /// True with probability threshold / 2³²: the next draw is below `threshold`.
  ///
  /// Probabilities are compared as integers, as everywhere: threshold = round(p · 2³²).
  public mutating func isBelow(_ threshold: UInt32) -> Bool {
    nextWord() < threshold
  }
}
