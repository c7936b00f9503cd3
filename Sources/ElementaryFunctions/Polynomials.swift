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
func exponentialRemainder(_ r: Double) -> Double {
  let square = r * r
  var even: Double = 0x1.289f86f233931p-22
  even = (0x1.a019ab30a497bp-16 as Double).addingProduct(even, square)
  even = (0x1.6c16c17cc22ecp-10 as Double).addingProduct(even, square)
  even = (0x1.555555555320ap-5 as Double).addingProduct(even, square)
  even = (0x1p-1 as Double).addingProduct(even, square)
  var odd: Double = 0x1.ad1f469d56d21p-26
  odd = (0x1.71df55c5dbc26p-19 as Double).addingProduct(odd, square)
  odd = (0x1.a01a011be8bf1p-13 as Double).addingProduct(odd, square)
  odd = (0x1.1111111128910p-7 as Double).addingProduct(odd, square)
  odd = (0x1.5555555555501p-3 as Double).addingProduct(odd, square)
  return even.addingProduct(r, odd)
}

/// (log(1 + f) − f + f²/2) / f³ for √½ − 1 ≤ f ≤ √2 − 1; the error is relative to log(1 + f).
///
/// Degree 19, weighted error below 2^-57.63; four chains, by degree modulo 4.
@inline(__always)
func logarithmRemainder(_ f: Double) -> Double {
  let square = f * f
  let fourth = square * square
  var p0: Double = 0x1.bbab34b9e807dp-5
  p0 = (0x1.116a00fb3a3d9p-4 as Double).addingProduct(p0, fourth)
  p0 = (0x1.745d58d32a466p-4 as Double).addingProduct(p0, fourth)
  p0 = (0x1.249249275d721p-3 as Double).addingProduct(p0, fourth)
  p0 = (0x1.555555555556bp-2 as Double).addingProduct(p0, fourth)
  var p1: Double = -0x1.01076f82facd5p-4
  p1 = (-0x1.00cfb880d8c70p-4 as Double).addingProduct(p1, fourth)
  p1 = (-0x1.555576cbd9766p-4 as Double).addingProduct(p1, fourth)
  p1 = (-0x1.fffffff3a8299p-4 as Double).addingProduct(p1, fourth)
  p1 = (-0x1.ffffffffffe7bp-3 as Double).addingProduct(p1, fourth)
  var p2: Double = 0x1.d2b66bf7cf478p-5
  p2 = (0x1.dc97ddcb8c53dp-5 as Double).addingProduct(p2, fourth)
  p2 = (0x1.3b0d78a1553b5p-4 as Double).addingProduct(p2, fourth)
  p2 = (0x1.c71c702e0f130p-4 as Double).addingProduct(p2, fourth)
  p2 = (0x1.9999999994dc0p-3 as Double).addingProduct(p2, fourth)
  var p3: Double = -0x1.8dc6491132ed9p-6
  p3 = (-0x1.b45d9ecf4993fp-5 as Double).addingProduct(p3, fourth)
  p3 = (-0x1.24894a62b457fp-4 as Double).addingProduct(p3, fourth)
  p3 = (-0x1.99999aa030888p-4 as Double).addingProduct(p3, fourth)
  p3 = (-0x1.555555556b1bcp-3 as Double).addingProduct(p3, fourth)
  p0 = p0.addingProduct(f, p1)
  p2 = p2.addingProduct(f, p3)
  return p0.addingProduct(square, p2)
}

/// cos(2πf) in y = f² for |f| ≤ 1/8.
///
/// Degree 7, weighted error below 2^-61.51; one chain.
@inline(__always)
func cosineOfTurns(_ y: Double) -> Double {
  var p: Double = -0x1.afedc2bc72bf8p+0
  p = (0x1.f9c3d247ddae5p+2 as Double).addingProduct(p, y)
  p = (-0x1.a6d1e13745bb9p+4 as Double).addingProduct(p, y)
  p = (0x1.e1f5067498f84p+5 as Double).addingProduct(p, y)
  p = (-0x1.55d3c7e3bf5a5p+6 as Double).addingProduct(p, y)
  p = (0x1.03c1f081b5a4fp+6 as Double).addingProduct(p, y)
  p = (-0x1.3bd3cc9be45dep+4 as Double).addingProduct(p, y)
  p = (0x1p+0 as Double).addingProduct(p, y)
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
func sineRemainderOfTurns(_ y: Double) -> Double {
  var p: Double = -0x1.73ceb5acb64d6p-1
  p = (0x1.e908c7c7eedcep+1 as Double).addingProduct(p, y)
  p = (-0x1.e3076eba9da80p+3 as Double).addingProduct(p, y)
  p = (0x1.5078349d9893bp+5 as Double).addingProduct(p, y)
  p = (-0x1.32d2cce63af6ap+6 as Double).addingProduct(p, y)
  p = (0x1.466bc6775ab7cp+6 as Double).addingProduct(p, y)
  p = (-0x1.4abbce625be53p+5 as Double).addingProduct(p, y)
  return p
}
