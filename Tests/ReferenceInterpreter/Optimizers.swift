/// A rule that changes parameters along their gradients; constants in Double, rounded once.
public enum ReferenceOptimizer: Sendable {
  case descent(decay: Double)
  case momentum(share: Double, dampening: Double, nesterov: Bool, decay: Double)
  case adam(beta1: Double, beta2: Double, epsilon: Double, decay: Double)
  case adamW(beta1: Double, beta2: Double, epsilon: Double, decay: Double)
  case rootMeanSquare(alpha: Double, epsilon: Double, share: Double, decay: Double)

  /// A parameter and what the rule keeps of it: the velocity, the moments, or the mean square and the velocity.
  public struct State: Sendable {
    public var values: [Float]
    public var first: [Float]
    public var second: [Float]

    public init(_ values: [Float]) {
      self.values = values
      first = values.map { _ in 0 }
      second = first
    }
  }

  /// Step t, which counts from 1.
  public func step(_ state: inout State, _ gradient: [Float], rate: Double, t: Int) {
    for i in gradient.indices {
      switch self {
      case .descent(let decay):
        let g = decayed(gradient[i], state.values[i], decay)
        state.values[i] = fma(-Float(rate), g, state.values[i])
      case .momentum(let share, let dampening, let nesterov, let decay):
        let g = decayed(gradient[i], state.values[i], decay)
        let part = t == 1 ? 1 : Float(1 - dampening)
        let b = withoutTiny(fma(Float(share), state.first[i], part * g))
        state.first[i] = b
        let direction = nesterov ? fma(Float(share), b, g) : b
        state.values[i] = fma(-Float(rate), direction, state.values[i])
      case .adam(let beta1, let beta2, let epsilon, let decay):
        let g = decayed(gradient[i], state.values[i], decay)
        adam(&state, i, g, beta1, beta2, epsilon, state.values[i], rate, t)
      case .adamW(let beta1, let beta2, let epsilon, let decay):
        let kept = state.values[i] * Float(1 - rate * decay)
        adam(&state, i, gradient[i], beta1, beta2, epsilon, kept, rate, t)
      case .rootMeanSquare(let alpha, let epsilon, let share, let decay):
        let g = decayed(gradient[i], state.values[i], decay)
        let v = fma(Float(alpha), state.first[i], Float(1 - alpha) * (g * g))
        let u = g / (v.squareRoot() + Float(epsilon))
        let b = share == 0 ? u : fma(Float(share), state.second[i], u)
        (state.first[i], state.second[i]) = (v, b)
        state.values[i] = fma(-Float(rate), b, state.values[i])
      }
    }
  }

  private func adam(
    _ state: inout State, _ i: Int, _ g: Float, _ beta1: Double, _ beta2: Double,
    _ epsilon: Double, _ start: Float, _ rate: Double, _ t: Int
  ) {
    let m = withoutTiny(fma(Float(1 - beta1), g - state.first[i], state.first[i]))
    let v = fma(Float(beta2), state.second[i], Float(1 - beta2) * (g * g))
    let correction = Float(1 / (1 - power(beta2, t)).squareRoot())
    let d = fma(v.squareRoot(), correction, Float(epsilon))
    (state.first[i], state.second[i]) = (m, v)
    state.values[i] = fma(-Float(rate / (1 - power(beta1, t))), m / d, start)
  }
}

/// g + decay · p, left out for decay 0.
private func decayed(_ g: Float, _ p: Float, _ decay: Double) -> Float {
  Float(decay) == 0 ? g : fma(Float(decay), p, g)
}

/// A first moment below 2⁻¹⁰⁰ becomes +0.
private func withoutTiny(_ x: Float) -> Float { abs(x) < 0x1p-100 ? 0 : x }

/// By squaring, lowest bit first.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest % 2 == 1 { result = result * square }
    square = square * square
    rest = rest / 2
  }
  return result
}

/// a = fma(1 − d, p − a, a).
public func movingAverage(_ average: [Float], of values: [Float], decay: Double) -> [Float] {
  values.indices.map { fma(Float(1 - decay), values[$0] - average[$0], average[$0]) }
}
