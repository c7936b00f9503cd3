internal import COracle

/// A function of each element, and its derivative.
public enum ReferenceActivation: Sendable {
  case relu
  case leakyReLU(slope: Float)
  case tanh
  case sigmoid
  case gelu
  case geluByTanh
  case silu
  case elu(alpha: Double, scale: Double = 1)
  case softplus
  case mish
  case hardSwish

  /// y = f(x).
  public func forward(_ x: [Float]) -> [Float] {
    switch self {
    case .relu: ReferenceInterpreter.relu(x)
    case .leakyReLU(let slope): x.map { $0 > 0 ? $0 : $0 * slope }
    case .tanh: correctlyRounded(oracle_tanh, x)
    case .sigmoid: correctlyRounded(oracle_sigmoid, x)
    case .gelu: x.map { Float(Smooth.gelu(Double($0))) }
    case .geluByTanh: x.map { Float(Smooth.geluByTanh(Double($0))) }
    case .silu: x.map { Float(Smooth.silu(Double($0))) }
    case .elu(let alpha, let scale): x.map { Float(scale * Smooth.elu(Double($0), alpha)) }
    case .softplus: x.map { Float(Smooth.softplus(Double($0))) }
    case .mish: x.map { Float(Smooth.mish(Double($0))) }
    case .hardSwish: x.map { ($0 * heldSum($0)) * Float(1.0 / 6) }
    }
  }

  /// dx = dy · f′(x).
  public func pullback(_ dy: [Float], input x: [Float], output y: [Float]) -> [Float] {
    switch self {
    case .relu: reluGradient(dy, y)
    case .leakyReLU(let slope): dy.indices.map { x[$0] > 0 ? dy[$0] : dy[$0] * slope }
    case .tanh: dy.indices.map { dy[$0] * fma(-y[$0], y[$0], 1) }
    case .sigmoid: dy.indices.map { dy[$0] * (y[$0] * (1 - y[$0])) }
    case .gelu: inDouble(dy, x) { $0 * Smooth.geluSlope($1) }
    case .geluByTanh: inDouble(dy, x) { $0 * Smooth.geluByTanhSlope($1) }
    case .silu: inDouble(dy, x) { $0 * Smooth.siluSlope($1) }
    case .elu(let alpha, let scale):
      inDouble(dy, x) { $0 * (scale * Smooth.eluSlope($1, alpha)) }
    case .softplus: inDouble(dy, x) { $0 / Smooth.softplusDivisor($1) }
    case .mish: inDouble(dy, x) { $0 * Smooth.mishSlope($1) }
    case .hardSwish: dy.indices.map { dy[$0] * hardSwishSlope(x[$0]) }
    }
  }

  private func inDouble(
    _ dy: [Float], _ x: [Float], _ gradient: (Double, Double) -> Double
  ) -> [Float] {
    dy.indices.map { Float(gradient(Double(dy[$0]), Double(x[$0]))) }
  }
}

/// x + 3, held within 0 and 6.
private func heldSum(_ x: Float) -> Float {
  let sum = x + 3
  return sum < 0 ? 0 : sum > 6 ? 6 : sum
}

private func hardSwishSlope(_ x: Float) -> Float {
  if x <= -3 { return 0 }
  return x >= 3 ? 1 : x * Float(1.0 / 3) + 0.5
}

/// exp of each element, correctly rounded.
func exponentials(_ x: [Float]) -> [Float] { correctlyRounded(oracle_exponential, x) }

/// log of an element, correctly rounded.
func logarithm(_ x: Float) -> Float { correctlyRounded(oracle_logarithm, [x])[0] }

/// Whether MPFR is on this machine, without which nothing that needs a correctly rounded function can be compared.
public func canRoundCorrectly() -> Bool { oracle_is_available() != 0 }

/// A function of MPFR's, rounded to the nearest float.
private func correctlyRounded(_ function: oracle_function, _ x: [Float]) -> [Float] {
  var y = [Float](repeating: 0, count: x.count)
  // SAFETY: both hold `x.count` floats.
  _ = unsafe oracle_floats_proven(function, &y, x, x.count)
  return y
}
