/// `base` to a natural exponent by squaring, lowest bit first: the fixed order of multiplications of rule 12.
///
/// - Complexity: O(log *n*).
func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var rest = exponent
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}

/// `cos(π · t)` for 0 ≤ t ≤ 1, within 2⁻⁵¹ of the true value, by Taylor sums in Horner form.
///
/// The argument is folded to at most a quarter turn, where 12 terms leave an error below 2⁻⁶⁰; only + − × are used, so
/// every machine gives the same bits.
func cosineOfHalfTurns(_ t: Double) -> Double {
  precondition(t >= 0 && t <= 1, "the share of a cosine is \(t), outside of 0…1")
  if t > 0.5 { return -cosineOfHalfTurns(1 - t) }
  let pi = 3.141592653589793
  if t > 0.25 {
    // cos(πt) = sin(π(½ − t)); ½ − t is exact.
    let x = pi * (0.5 - t)
    let y = x * x
    var sum = 1.0
    for k in stride(from: 21, through: 3, by: -2) { sum = 1 - y / Double(k * (k - 1)) * sum }
    return x * sum
  }
  let x = pi * t
  let y = x * x
  var sum = 1.0
  for k in stride(from: 20, through: 2, by: -2) { sum = 1 - y / Double(k * (k - 1)) * sum }
  return sum
}
