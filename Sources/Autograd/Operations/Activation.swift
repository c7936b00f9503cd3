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
  /// `x · Φ(x)` with the normal distribution function, evaluated in Double and rounded once, as its derivative.
  case gelu
  /// `x / (1 + e⁻ˣ)`, evaluated in Double and rounded once, as its derivative.
  case silu
  /// `x > 0 ? x : α · (eˣ − 1)`, evaluated in Double and rounded once, as its derivative.
  case elu(alpha: Float)
  /// `log(1 + eˣ)`, evaluated in Double and rounded once, as its derivative.
  case softplus
}
