// Written by Scripts/elementary_coefficients.py; do not edit.

/// 1 / ln 2.
@inline(__always) var reciprocalOfLogarithmOfTwo: Double { 0x1.71547652b82fep+0 }

/// The first 40 bits of ln 2: its product with an exponent is exact.
@inline(__always) var logarithmOfTwoHigh: Double { 0x1.62e42fefa4000p-1 }

/// What `logarithmOfTwoHigh` lacks of ln 2.
@inline(__always) var logarithmOfTwoLow: Double { -0x1.8432a1b0e2634p-43 }

/// (exp(r) − 1 − r) / r² for |r| ≤ ½ ln 2; the error is relative to exp(r).
///
/// Degree 9, weighted error below 2^-57.3; an even and an odd chain.
@inline(__always)
func exponentialRemainder(_ r: SIMD8<Double>) -> SIMD8<Double> {
  let square = r * r
  var even = SIMD8<Double>(repeating: 0x1.289f86f233931p-22)
  even = multiplyAdd(even, square, 0x1.a019ab30a497bp-16)
  even = multiplyAdd(even, square, 0x1.6c16c17cc22ecp-10)
  even = multiplyAdd(even, square, 0x1.555555555320ap-5)
  even = multiplyAdd(even, square, 0x1p-1)
  var odd = SIMD8<Double>(repeating: 0x1.ad1f469d56d21p-26)
  odd = multiplyAdd(odd, square, 0x1.71df55c5dbc26p-19)
  odd = multiplyAdd(odd, square, 0x1.a01a011be8bf1p-13)
  odd = multiplyAdd(odd, square, 0x1.1111111128910p-7)
  odd = multiplyAdd(odd, square, 0x1.5555555555501p-3)
  return even.addingProduct(r, odd)
}

/// (log(1 + f) − f + f²/2) / f³ for √½ − 1 ≤ f ≤ √2 − 1; the error is relative to log(1 + f).
///
/// Degree 19, weighted error below 2^-57.63; four chains, by degree modulo 4.
@inline(__always)
func logarithmRemainder(_ f: SIMD8<Double>) -> SIMD8<Double> {
  let square = f * f
  let fourth = square * square
  var p0 = SIMD8<Double>(repeating: 0x1.bbab34b9e807dp-5)
  p0 = multiplyAdd(p0, fourth, 0x1.116a00fb3a3d9p-4)
  p0 = multiplyAdd(p0, fourth, 0x1.745d58d32a466p-4)
  p0 = multiplyAdd(p0, fourth, 0x1.249249275d721p-3)
  p0 = multiplyAdd(p0, fourth, 0x1.555555555556bp-2)
  var p1 = SIMD8<Double>(repeating: -0x1.01076f82facd5p-4)
  p1 = multiplyAdd(p1, fourth, -0x1.00cfb880d8c70p-4)
  p1 = multiplyAdd(p1, fourth, -0x1.555576cbd9766p-4)
  p1 = multiplyAdd(p1, fourth, -0x1.fffffff3a8299p-4)
  p1 = multiplyAdd(p1, fourth, -0x1.ffffffffffe7bp-3)
  var p2 = SIMD8<Double>(repeating: 0x1.d2b66bf7cf478p-5)
  p2 = multiplyAdd(p2, fourth, 0x1.dc97ddcb8c53dp-5)
  p2 = multiplyAdd(p2, fourth, 0x1.3b0d78a1553b5p-4)
  p2 = multiplyAdd(p2, fourth, 0x1.c71c702e0f130p-4)
  p2 = multiplyAdd(p2, fourth, 0x1.9999999994dc0p-3)
  var p3 = SIMD8<Double>(repeating: -0x1.8dc6491132ed9p-6)
  p3 = multiplyAdd(p3, fourth, -0x1.b45d9ecf4993fp-5)
  p3 = multiplyAdd(p3, fourth, -0x1.24894a62b457fp-4)
  p3 = multiplyAdd(p3, fourth, -0x1.99999aa030888p-4)
  p3 = multiplyAdd(p3, fourth, -0x1.555555556b1bcp-3)
  p0 = p0.addingProduct(f, p1)
  p2 = p2.addingProduct(f, p3)
  return p0.addingProduct(square, p2)
}

/// 2 / √π.
@inline(__always) var errorFunctionSlope: Double { 0x1.20dd750429b6dp+0 }

/// What `errorFunctionSlope` lacks of 2 / √π.
@inline(__always) var errorFunctionSlopeLow: Double { 0x1.1ae3a914fed80p-56 }

/// (−log(erfc(x)) / x − 2/√π) / x for 0 ≤ x ≤ 3.93; the error is relative to erf(x).
///
/// Degree 23, weighted error below 2^-58.39; four chains, by degree modulo 4.
@inline(__always)
func errorFunctionExponent(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let square = x * x
  let fourth = square * square
  var p0 = SIMD8<Double>(repeating: -0x1.514451668ddb8p-36)
  p0 = multiplyAdd(p0, fourth, -0x1.c898b5459b1d3p-26)
  p0 = multiplyAdd(p0, fourth, 0x1.f45584ae3096bp-23)
  p0 = multiplyAdd(p0, fourth, -0x1.f396caf258d8bp-16)
  p0 = multiplyAdd(p0, fourth, 0x1.bca67516ed159p-10)
  p0 = multiplyAdd(p0, fourth, 0x1.45f306dc9c885p-1)
  var p1 = SIMD8<Double>(repeating: 0x1.93a65c42f8879p-40)
  p1 = multiplyAdd(p1, fourth, 0x1.c17ca01d88b62p-28)
  p1 = multiplyAdd(p1, fourth, 0x1.bb5e742d1823ep-23)
  p1 = multiplyAdd(p1, fourth, 0x1.d56e2ca048554p-19)
  p1 = multiplyAdd(p1, fourth, -0x1.3565048fc3ca9p-11)
  p1 = multiplyAdd(p1, fourth, 0x1.a4f4e2a1b4532p-4)
  var p2 = SIMD8<Double>(repeating: -0x1.2db5d6f54571fp-44)
  p2 = multiplyAdd(p2, fourth, -0x1.54ba8040a6226p-30)
  p2 = multiplyAdd(p2, fourth, -0x1.80aa406a2761cp-23)
  p2 = multiplyAdd(p2, fourth, 0x1.6c961527348aap-19)
  p2 = multiplyAdd(p2, fourth, 0x1.b206e7d0a0282p-16)
  p2 = multiplyAdd(p2, fourth, -0x1.39668594c6abep-6)
  var p3 = SIMD8<Double>(repeating: 0x1.a823726a2c851p-50)
  p3 = multiplyAdd(p3, fourth, 0x1.89fcc4c30b7cbp-33)
  p3 = multiplyAdd(p3, fourth, 0x1.5fe09cb01c897p-24)
  p3 = multiplyAdd(p3, fourth, -0x1.b23a40d1a72b5p-20)
  p3 = multiplyAdd(p3, fourth, 0x1.0e9a274a98175p-14)
  p3 = multiplyAdd(p3, fourth, -0x1.b6b68583c90bep-13)
  p0 = p0.addingProduct(x, p1)
  p2 = p2.addingProduct(x, p3)
  return p0.addingProduct(square, p2)
}

/// Φ(−u)·exp(u²/2) at v = 1/(1 + u/2) − ½ for 0 ≤ u ≤ 16; the error is relative.
///
/// Degree 22, weighted error below 2^-48.12; four chains, by degree modulo 4.
@inline(__always)
func normalTail(_ v: SIMD8<Double>) -> SIMD8<Double> {
  let square = v * v
  let fourth = square * square
  var p0 = SIMD8<Double>(repeating: 0x1.bd1f7278d0951p-3)
  p0 = multiplyAdd(p0, fourth, -0x1.8a558c9e56848p-3)
  p0 = multiplyAdd(p0, fourth, 0x1.58e14f81a37e9p-4)
  p0 = multiplyAdd(p0, fourth, 0x1.60eaa5da216ebp-9)
  p0 = multiplyAdd(p0, fourth, -0x1.30a4ccd7b4cfap-3)
  p0 = multiplyAdd(p0, fourth, 0x1.5845dcad2a53cp-3)
  var p1 = SIMD8<Double>(repeating: 0x1.783b70ba98b2ep-3)
  p1 = multiplyAdd(p1, fourth, 0x1.86591dfa94c30p-3)
  p1 = multiplyAdd(p1, fourth, -0x1.d26bc77627a28p-4)
  p1 = multiplyAdd(p1, fourth, 0x1.452b58ca2e2abp-4)
  p1 = multiplyAdd(p1, fourth, 0x1.99f2b1115cdb2p-5)
  p1 = multiplyAdd(p1, fourth, 0x1.00f9da4064455p-1)
  var p2 = SIMD8<Double>(repeating: -0x1.7583a346ccef1p-3)
  p2 = multiplyAdd(p2, fourth, 0x1.17e2c15abb9c6p-4)
  p2 = multiplyAdd(p2, fourth, 0x1.aba5ea50e78fdp-5)
  p2 = multiplyAdd(p2, fourth, -0x1.524a753ed14d8p-4)
  p2 = multiplyAdd(p2, fourth, 0x1.38dacd41f2889p-4)
  p2 = multiplyAdd(p2, fourth, 0x1.70d8bdcad35b2p-2)
  var p3 = SIMD8<Double>(repeating: -0x1.79f5d3d7f2decp-2)
  p3 = multiplyAdd(p3, fourth, 0x1.23a9bb330c13ap-4)
  p3 = multiplyAdd(p3, fourth, 0x1.ae8c4196f04c7p-8)
  p3 = multiplyAdd(p3, fourth, -0x1.66a512538d5d2p-4)
  p3 = multiplyAdd(p3, fourth, -0x1.038e2b515c782p-6)
  p0 = p0.addingProduct(v, p1)
  p2 = p2.addingProduct(v, p3)
  return p0.addingProduct(square, p2)
}

/// 1 / √(2π).
@inline(__always) var reciprocalOfRootOfTurn: Double { 0x1.9884533d43651p-2 }

/// √(2 / π).
@inline(__always) var rootOfTwoOverPi: Double { 0x1.9884533d43651p-1 }

/// cos(2πf) in y = f² for |f| ≤ 1/8.
///
/// Degree 7, weighted error below 2^-61.51; one chain.
@inline(__always)
func cosineOfTurns(_ y: SIMD8<Double>) -> SIMD8<Double> {
  var p = SIMD8<Double>(repeating: -0x1.afedc2bc72bf8p+0)
  p = multiplyAdd(p, y, 0x1.f9c3d247ddae5p+2)
  p = multiplyAdd(p, y, -0x1.a6d1e13745bb9p+4)
  p = multiplyAdd(p, y, 0x1.e1f5067498f84p+5)
  p = multiplyAdd(p, y, -0x1.55d3c7e3bf5a5p+6)
  p = multiplyAdd(p, y, 0x1.03c1f081b5a4fp+6)
  p = multiplyAdd(p, y, -0x1.3bd3cc9be45dep+4)
  p = multiplyAdd(p, y, 0x1p+0)
  return p
}

/// 2π.
@inline(__always) var fullTurn: Double { 0x1.921fb54442d18p+2 }

/// What `fullTurn` lacks of 2π.
@inline(__always) var fullTurnLow: Double { 0x1.1a62633145c07p-52 }

/// (sin(2πf) / f − 2π) / y in y = f² for |f| ≤ 1/8; the error is relative to sin.
///
/// Degree 6, weighted error below 2^-63.49; one chain.
@inline(__always)
func sineRemainderOfTurns(_ y: SIMD8<Double>) -> SIMD8<Double> {
  var p = SIMD8<Double>(repeating: -0x1.73ceb5acb64d6p-1)
  p = multiplyAdd(p, y, 0x1.e908c7c7eedcep+1)
  p = multiplyAdd(p, y, -0x1.e3076eba9da80p+3)
  p = multiplyAdd(p, y, 0x1.5078349d9893bp+5)
  p = multiplyAdd(p, y, -0x1.32d2cce63af6ap+6)
  p = multiplyAdd(p, y, 0x1.466bc6775ab7cp+6)
  p = multiplyAdd(p, y, -0x1.4abbce625be53p+5)
  return p
}
