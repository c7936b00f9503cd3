/// Activations that Documentation/ElementaryFunctions.md defines by an order of operations in Double; the caller rounds once.
enum Smooth {
  static func gelu(_ x: Double) -> Double {
    let u = min(abs(x), 16)
    let tail = exponential((u * u) * -0.5) * normalTail(u)
    return atLeast(x, -16) * (x < 0 ? tail : 1 - tail)
  }

  static func geluSlope(_ x: Double) -> Double {
    let u = min(abs(x), 16)
    let density = exponential((u * u) * -0.5)
    let low = density * fma(u, -0x1.9884533d43651p-2, normalTail(u))
    return x < 0 ? low : 1 - low
  }

  static func geluByTanh(_ x: Double) -> Double {
    let low = atLeast(x, -12)
    return low / (1 + cubicDecay(atMost(low, 12)))
  }

  static func geluByTanhSlope(_ x: Double) -> Double {
    let x = atMost(atLeast(x, -12), 12)
    let e = cubicDecay(x)
    let s = 1 / (1 + e)
    let d = fma(x * x, 3 * 0.044715 * (2 * rootOfTwoOverPi), 2 * rootOfTwoOverPi)
    return s * fma(x * d, e * s, 1)
  }

  static func silu(_ x: Double) -> Double {
    let low = atLeast(x, -120)
    return low / (1 + exponential(-atMost(low, 120)))
  }

  static func siluSlope(_ x: Double) -> Double {
    let x = atMost(atLeast(x, -120), 120)
    let e = exponential(-x)
    let s = 1 / (1 + e)
    return s * fma(x, e * s, 1)
  }

  static func elu(_ x: Double, _ alpha: Double) -> Double {
    guard !(x > 0) else { return x }
    let m = exponentialMinusOne(atMost(atLeast(x, -60), 0))
    return Double(signOf: x, magnitudeOf: m) * alpha
  }

  static func eluSlope(_ x: Double, _ alpha: Double) -> Double {
    guard !(x > 0) else { return 1 }
    return exponential(atMost(atLeast(x, -120), 0)) * alpha
  }

  static func softplus(_ x: Double) -> Double {
    let e = exponential(-atMost(abs(x), 120))
    let isLarge = e > 0x1.a827999fcef32p-2
    let f = isLarge ? (e - 1) * 0.5 : e
    let base = isLarge ? logarithmOfTwoHigh + logarithmOfTwoLow : 0
    let logarithm = fma(f * f, fma(f, logarithmRemainder(f), -0.5), f)
    return atLeast(x, 0) + (base + logarithm)
  }

  static func softplusDivisor(_ x: Double) -> Double {
    1 + exponential(-atMost(atLeast(x, -120), 120))
  }

  static func mish(_ x: Double) -> Double {
    let low = atLeast(x, -120)
    let e = exponential(atMost(low, 40))
    let n = e * (e + 2)
    return low * (n / (n + 2))
  }

  static func mishSlope(_ x: Double) -> Double {
    let x = atMost(atLeast(x, -120), 40)
    let e = exponential(x)
    let n = e * (e + 2)
    let r = 1 / (n + 2)
    return fma(n, r, ((4 * x) * (e * (1 + e))) * (r * r))
  }
}

// MARK: - Functions of Double

private let logarithmOfTwoHigh = 0x1.62e42fefa4000p-1
private let logarithmOfTwoLow = -0x1.8432a1b0e2634p-43
private let rootOfTwoOverPi = 0x1.9884533d43651p-1

/// exp(−2√(2/π)·(x + 0.044715·x³)).
private func cubicDecay(_ x: Double) -> Double {
  exponential((x * fma(x * x, 0.044715, 1)) * (-2 * rootOfTwoOverPi))
}

/// x, or the bound where x is above it; NaN stays.
private func atMost(_ x: Double, _ bound: Double) -> Double { x > bound ? bound : x }

/// x, or the bound where x is below it; NaN stays.
private func atLeast(_ x: Double, _ bound: Double) -> Double { x < bound ? bound : x }

/// 2ⁿ · (1 + (r + r²·q(r))), x = n·ln 2 + r.
private func exponential(_ x: Double) -> Double {
  guard !x.isNaN else { return x }
  let (n, p) = reduced(x)
  return Double(sign: .plus, exponent: n, significand: 1 + p)
}

/// 2ⁿ · p + (2ⁿ − 1), p = r + r²·q(r).
private func exponentialMinusOne(_ x: Double) -> Double {
  guard !x.isNaN else { return x }
  let (n, p) = reduced(x)
  let power = Double(sign: .plus, exponent: n, significand: 1)
  return fma(power, p, power - 1)
}

/// n = x / ln 2 to the nearest integer, and r + r²·q(r) of the rest r.
private func reduced(_ x: Double) -> (n: Int, p: Double) {
  // The quotient is rounded once, as a part of the sum with 1.5 · 2⁵².
  let n = fma(x, 0x1.71547652b82fep+0, 0x1.8p52) - 0x1.8p52
  let r = fma(n, -logarithmOfTwoLow, fma(n, -logarithmOfTwoHigh, x))
  let square = r * r
  let even = chain(
    square,
    [
      0x1.289f86f233931p-22, 0x1.a019ab30a497bp-16, 0x1.6c16c17cc22ecp-10, 0x1.555555555320ap-5,
      0x1p-1,
    ])
  let odd = chain(
    square,
    [
      0x1.ad1f469d56d21p-26, 0x1.71df55c5dbc26p-19, 0x1.a01a011be8bf1p-13, 0x1.1111111128910p-7,
      0x1.5555555555501p-3,
    ])
  return (Int(n), fma(square, fma(r, odd, even), r))
}

/// Horner's scheme from the highest coefficient, each step one fma.
private func chain(_ x: Double, _ coefficients: [Double]) -> Double {
  coefficients.dropFirst().reduce(coefficients[0]) { fma($0, x, $1) }
}

/// Four chains in x⁴, by degree modulo 4, put together.
private func fourChains(
  _ x: Double, _ p0: [Double], _ p1: [Double], _ p2: [Double], _ p3: [Double]
) -> Double {
  let square = x * x
  let fourth = square * square
  let low = fma(x, chain(fourth, p1), chain(fourth, p0))
  let high = fma(x, chain(fourth, p3), chain(fourth, p2))
  return fma(square, high, low)
}

/// g of log(1 + f) = f + f²·(−½ + f·g(f)).
private func logarithmRemainder(_ f: Double) -> Double {
  fourChains(
    f,
    [
      0x1.bbab34b9e807dp-5, 0x1.116a00fb3a3d9p-4, 0x1.745d58d32a466p-4, 0x1.249249275d721p-3,
      0x1.555555555556bp-2,
    ],
    [
      -0x1.01076f82facd5p-4, -0x1.00cfb880d8c70p-4, -0x1.555576cbd9766p-4,
      -0x1.fffffff3a8299p-4, -0x1.ffffffffffe7bp-3,
    ],
    [
      0x1.d2b66bf7cf478p-5, 0x1.dc97ddcb8c53dp-5, 0x1.3b0d78a1553b5p-4, 0x1.c71c702e0f130p-4,
      0x1.9999999994dc0p-3,
    ],
    [
      -0x1.8dc6491132ed9p-6, -0x1.b45d9ecf4993fp-5, -0x1.24894a62b457fp-4,
      -0x1.99999aa030888p-4, -0x1.555555556b1bcp-3,
    ])
}

/// M of Φ(−u) = exp(−u²/2) · M, in 1/(1 + u/2) − ½.
private func normalTail(_ u: Double) -> Double {
  fourChains(
    1 / fma(u, 0.5, 1) - 0.5,
    [
      0x1.bd1f7278d0951p-3, -0x1.8a558c9e56848p-3, 0x1.58e14f81a37e9p-4, 0x1.60eaa5da216ebp-9,
      -0x1.30a4ccd7b4cfap-3, 0x1.5845dcad2a53cp-3,
    ],
    [
      0x1.783b70ba98b2ep-3, 0x1.86591dfa94c30p-3, -0x1.d26bc77627a28p-4, 0x1.452b58ca2e2abp-4,
      0x1.99f2b1115cdb2p-5, 0x1.00f9da4064455p-1,
    ],
    [
      -0x1.7583a346ccef1p-3, 0x1.17e2c15abb9c6p-4, 0x1.aba5ea50e78fdp-5, -0x1.524a753ed14d8p-4,
      0x1.38dacd41f2889p-4, 0x1.70d8bdcad35b2p-2,
    ],
    [
      -0x1.79f5d3d7f2decp-2, 0x1.23a9bb330c13ap-4, 0x1.ae8c4196f04c7p-8, -0x1.66a512538d5d2p-4,
      -0x1.038e2b515c782p-6,
    ])
}
