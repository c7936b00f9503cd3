public import Settings

/// Bounds that gradients are held to before an optimizer sees them: by value first, then by norm (Numerics rule 12).
public struct GradientClipping: SettingRecord, Hashable {
  public static let settings = [
    Setting<Self>("value", \.value, .number(.above(0)), "The largest entry of a gradient."),
    Setting("norm", \.norm, .number(.above(0)), "The largest norm of all gradients."),
  ]

  /// Every element is held within ±`value`; > 0.
  public var value: Double?
  /// All elements together are scaled down to this Euclidean norm; > 0.
  public var norm: Double?

  /// Creates no bounds.
  public init() {}

  /// Creates bounds; nil leaves gradients alone.
  public init(value: Double? = nil, norm: Double? = nil) {
    self.value = value
    self.norm = norm
  }
}
