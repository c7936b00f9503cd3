public import Autograd
internal import Settings

/// `x · min(max(x + 3, 0), 6) / 6` for every element.
public struct HardSwish: ActivationKind {
  public static let word = "hard_swish"
  public static let summary = "x · min(max(x + 3, 0), 6) / 6 (Howard and others 2019)."

  public var function: Activation {
    Activation { x in
      x * min(max(x + 3, 0), 6) * (1 / 6)
    } slope: { x in
      x <= -3 ? 0 : x >= 3 ? 1 : x * (1 / 3) + 0.5
    }
  }

  /// Creates the layer.
  public init() {}
}
