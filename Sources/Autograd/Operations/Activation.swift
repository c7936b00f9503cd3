package import KernelInterface

/// A function applied to every element, with the order of its roundings (Numerics rule 6).
///
/// In each formula every operation is rounded once, in the order of the brackets; `fma` is one rounding.
public struct Activation: Sendable {
  /// Work per element, relative to an addition.
  let weight: Int
  /// `y = f(x)`.
  let evaluate: @Sendable (any KernelFunctions, _ y: FloatSlice, _ x: FloatSlice) -> Void
  /// `dx = dy · f′`, by x and y; `dx` may be `dy`.
  let differentiate:
    @Sendable (
      any KernelFunctions, _ dx: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, _ y: FloatSlice
    ) ->
      Void

  /// Describes a function by what computes it and its gradient; all slices hold as many elements.
  package init(
    weight: Int = 16,
    evaluate:
      @escaping @Sendable (any KernelFunctions, _ y: FloatSlice, _ x: FloatSlice) ->
      Void,
    differentiate:
      @escaping @Sendable (
        any KernelFunctions, _ dx: FloatSlice, _ dy: FloatSlice, _ x: FloatSlice, _ y: FloatSlice
      ) -> Void
  ) {
    self.weight = weight
    self.evaluate = evaluate
    self.differentiate = differentiate
  }
}

extension Activation {
  /// Describes a function in Swift: its value and its derivative at x.
  ///
  /// It gives the same bits everywhere where both keep to `+ − × ÷ √`, `addingProduct` and comparisons.
  public init(
    _ value: @escaping @Sendable (Float) -> Float, slope: @escaping @Sendable (Float) -> Float
  ) {
    self.init(weight: 4) { _, y, x in
      for place in 0..<y.count { y[place] = value(x[place]) }
    } differentiate: { _, dx, dy, x, _ in
      for place in 0..<dx.count { dx[place] = dy[place] * slope(x[place]) }
    }
  }
}

// SAFETY: in all of these, the slices hold `y.count` elements.
extension Activation {
  /// `x < 0 ? 0 : x`; derivative 0 where y ≤ 0, else 1.
  ///
  /// NaN passes.
  public static let relu = Activation(weight: 1) { kernels, y, x in
    kernels.relu(y, x)
  } differentiate: { kernels, dx, dy, _, y in
    kernels.reluGradient(dx, dy, result: y)
  }

  /// `x > 0 ? x : x · slope`.
  public static func leakyReLU(slope: Float) -> Activation {
    Activation(weight: 1) { kernels, y, x in
      kernels.leakyRelu(y, x, slope: slope)
    } differentiate: { kernels, dx, dy, x, y in
      kernels.leakyReluGradient(
        dx, dy, argument: x, slope: slope)
    }
  }

  /// The hyperbolic tangent, correctly rounded; derivative `fma(−y, y, 1)`.
  public static let tanh = Activation { kernels, y, x in
    kernels.hyperbolicTangent(y, x)
  } differentiate: { kernels, dx, dy, _, y in
    kernels.tanhGradient(dx, dy, result: y)
  }

  /// `1 / (1 + e⁻ˣ)`, correctly rounded; derivative `y · (1 − y)`.
  public static let sigmoid = Activation { kernels, y, x in
    kernels.sigmoid(y, x)
  } differentiate: { kernels, dx, dy, _, y in
    kernels.sigmoidGradient(dx, dy, result: y)
  }

  /// `x · Φ(x)` with the normal distribution function, evaluated in Double and rounded once, as its derivative.
  public static let gelu = Activation { kernels, y, x in
    kernels.gelu(y, x)
  } differentiate: { kernels, dx, dy, x, y in
    kernels.geluGradient(dx, dy, argument: x)
  }

  /// `x/2 · (1 + tanh(√(2/π) · (x + 0.044715·x³)))`, evaluated in Double and rounded once, as its derivative.
  public static let geluByTanh = Activation { kernels, y, x in
    kernels.geluByTanh(y, x)
  } differentiate: { kernels, dx, dy, x, y in
    kernels.geluByTanhGradient(dx, dy, argument: x)
  }

  /// `x / (1 + e⁻ˣ)`, evaluated in Double and rounded once, as its derivative.
  public static let silu = Activation { kernels, y, x in
    kernels.silu(y, x)
  } differentiate: { kernels, dx, dy, x, y in
    kernels.siluGradient(dx, dy, argument: x)
  }

  /// `x > 0 ? x : α · (eˣ − 1)`, evaluated in Double and rounded once, as its derivative.
  public static func elu(alpha: Float) -> Activation { elu(alpha: Double(alpha), scale: 1) }

  /// `λ · (x > 0 ? x : α · (eˣ − 1))` with the constants of Klambauer and others (2017), evaluated in Double and rounded
  /// once, as its derivative.
  public static let selu = elu(alpha: 1.6732632423543772, scale: 1.0507009873554805)

  private static func elu(alpha: Double, scale: Double) -> Activation {
    Activation { kernels, y, x in
      kernels.elu(y, x, alpha: alpha, scale: scale)
    } differentiate: { kernels, dx, dy, x, y in
      kernels.eluGradient(
        dx, dy, argument: x, alpha: alpha, scale: scale)
    }
  }

  /// `log(1 + eˣ)`, evaluated in Double and rounded once, as its derivative.
  public static let softplus = Activation { kernels, y, x in
    kernels.softplus(y, x)
  } differentiate: { kernels, dx, dy, x, y in
    kernels.softplusGradient(dx, dy, argument: x)
  }

  /// `x · tanh(log(1 + eˣ))`, evaluated in Double and rounded once, as its derivative.
  public static let mish = Activation { kernels, y, x in
    kernels.mish(y, x)
  } differentiate: { kernels, dx, dy, x, y in
    kernels.mishGradient(dx, dy, argument: x)
  }
}
