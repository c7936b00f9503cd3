/// A function applied to every element, with the order of its roundings (Numerics rule 6).
///
/// In each formula every operation is rounded once, in the order of the brackets; `fma` is one rounding.
public enum Activation: Hashable, Sendable {
  /// `x < 0 ? 0 : x`; derivative 0 where y ≤ 0, else 1. NaN passes.
  case relu
  /// `x > 0 ? x : x · slope`.
  case leakyReLU(slope: Float)
  /// The hyperbolic tangent, correctly rounded; derivative `fma(−y, y, 1)`.
  case tanh
  /// `1 / (1 + e⁻ˣ)`, correctly rounded; derivative `y · (1 − y)`.
  case sigmoid
  /// `(x · ½) · (erf(x · √½) + 1)`; derivative `fma(1/√2π, e^((x·x)·(−½)) · x, (erf(x · √½) + 1) · ½)`.
  case gelu
  /// `x · sigmoid(x)`; derivative `s · (x · (1 − s) + 1)` with s = sigmoid(x).
  case silu
  /// `x < 0 ? α · (eˣ − 1) : x`; derivative `x < 0 ? α · eˣ : 1`.
  case elu(alpha: Float)
  /// `max(x, 0) + log(1 + e^(−|x|))`; derivative sigmoid(x).
  case softplus
}
