// Placeholders until the correctly rounded functions arrive: right names and types, nearly right values.

private func exponentialOfDouble(_ x: Double) -> Double {
  if !(x > -745) { return x != x ? x : 0 }
  if x > 709 { return .infinity }
  let shifted = x * 1.4426950408889634 + 6755399441055744.0
  let n = shifted - 6755399441055744.0
  let r = (x - n * 0.6931471803691238) - n * 1.9082149292705877e-10
  var term = 1.0
  var total = 1.0
  for i in 1..<16 {
    term = term * r / Double(i)
    total += term
  }
  let low = n / 2
  let half = (low + 6755399441055744.0) - 6755399441055744.0
  let rest = n - half
  return total * Double(bitPattern: UInt64(bitPattern: Int64(half) + 1023) << 52)
    * Double(bitPattern: UInt64(bitPattern: Int64(rest) + 1023) << 52)
}

private func logarithmOfDouble(_ x: Double) -> Double {
  if x == 0 { return -.infinity }
  if !(x > 0) { return .nan }
  if x == .infinity { return x }
  let bits = x.bitPattern
  var exponent = Double(Int(bits >> 52) - 1023)
  var mantissa = Double(bitPattern: (bits & 0xf_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000)
  if mantissa > 1.4142135623730951 {
    mantissa /= 2
    exponent += 1
  }
  let s = (mantissa - 1) / (mantissa + 1)
  let s2 = s * s
  var total = 0.0
  var i = 25
  while i >= 1 {
    total = total * s2 + 1 / Double(i)
    i -= 2
  }
  return exponent * 0.6931471805599453 + 2 * s * total
}

/// y[i] = exp(x[i]).
@inline(never)
public func exponential(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  // SAFETY: here and below, the caller owns `count` elements behind both pointers.
  for i in 0..<count { unsafe y[i] = Float(exponentialOfDouble(Double(x[i]))) }
}

/// y[i] = log(x[i]).
@inline(never)
public func logarithm(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  for i in 0..<count { unsafe y[i] = Float(logarithmOfDouble(Double(x[i]))) }
}

/// y[i] = tanh(x[i]).
@inline(never)
public func hyperbolicTangent(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  for i in 0..<count {
    let value = unsafe Double(x[i])
    let e = exponentialOfDouble(2 * (value < 0 ? -value : value))
    let t = e == .infinity ? 1 : 1 - 2 / (e + 1)
    unsafe y[i] = Float(value < 0 ? -t : t)
  }
}

/// y[i] = 1 / (1 + exp(−x[i])).
@inline(never)
public func sigmoid(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int) {
  for i in 0..<count { unsafe y[i] = Float(1 / (1 + exponentialOfDouble(-Double(x[i])))) }
}

/// y[i] = erf(x[i]).
@inline(never)
public func errorFunction(
  _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ count: Int
) {
  for i in 0..<count {
    let value = unsafe Double(x[i])
    if value > 4 || value < -4 {
      unsafe y[i] = value > 0 ? 1 : -1
      continue
    }
    var term = value
    var total = value
    for n in 1..<80 {
      term = -term * value * value / Double(n)
      total += term / Double(2 * n + 1)
    }
    unsafe y[i] = Float(total * 1.1283791670955126)
  }
}
