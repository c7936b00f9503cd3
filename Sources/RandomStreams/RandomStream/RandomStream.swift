/// A sequence of random draws, named by (key, purpose, step, element).
///
/// Draw i is word i mod 4 of the Philox block with the counter (i / 4, element, step, purpose). Streams with different
/// names are independent, whoever draws from them and in whatever order; so no stream is ever stored, only named again.
///
///     var stream = RandomStream(StreamKey(seed: 42), .augmentation, step: epoch, element: sample)
///     let flip = stream.nextWord() & 1 == 1
///     let shift = stream.integer(below: 9)
public struct RandomStream: Hashable, Sendable {
  /// The key, for example that of a seed or of a layer.
  public let key: StreamKey

  /// What the draws are for.
  public let purpose: Purpose

  /// The step or epoch.
  public let step: UInt32

  /// The sample or element.
  public let element: UInt32

  /// Draws taken so far.
  public private(set) var drawn: UInt64 = 0

  /// The block that holds the draw before `drawn`.
  private var words = Philox4x32.Words()

  /// The stream of a name, before its first draw.
  public init(_ key: StreamKey, _ purpose: Purpose, step: UInt32 = 0, element: UInt32 = 0) {
    self.key = key
    self.purpose = purpose
    self.step = step
    self.element = element
  }

  /// The next draw: 32 random bits.
  ///
  /// - Precondition: Fewer than 2³⁴ draws were taken.
  public mutating func nextWord() -> UInt32 {
    let lane = Int(truncatingIfNeeded: drawn & 3)
    if lane == 0 {
      precondition(drawn < 1 &<< 34, "a random stream ends after 2³⁴ draws: name another")
      let counter = Philox4x32.Words(
        UInt32(truncatingIfNeeded: drawn &>> 2), element, step, purpose.rawValue)
      words = Philox4x32.block(counter, key: key)
    }
    drawn += 1
    return words[lane]
  }
}
