/// Bounds that gradients are held to before an optimizer sees them: by value first, then by norm (Numerics rule 12).
public struct GradientClipping: Hashable, Sendable {
  /// Every element is held within ±`value`; > 0.
  public var value: Double?
  /// All elements together are scaled down to this Euclidean norm; > 0.
  public var norm: Double?

  /// Creates bounds; nil leaves gradients alone.
  public init(value: Double? = nil, norm: Double? = nil) {
    self.value = value
    self.norm = norm
  }
}
