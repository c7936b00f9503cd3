// Compiled together with the kernel sources, for x86-64 and, as Embedded Swift, for aarch64: what start.c calls.

/// How many goldens there are.
@_cdecl("golden_count") public func countGoldens() -> Int { goldenCount() }

/// Runs a golden in 4 · 65536 floats of memory; its results are the second half.
@_cdecl("golden_run") public func runGolden(_ number: Int, _ scratch: UnsafeMutablePointer<Float>) {
  unsafe goldenRun(number, scratch)
}

/// How many functions are run over more arguments than the goldens have.
@_cdecl("wide_count") public func countWide() -> Int { 16 }

/// Fills x with arguments, half of them with random bits, half in −128 ..< 128, and y with what function `number` makes of them.
@_cdecl("wide_run") public func runWide(
  _ number: Int, _ round: Int, _ x: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>,
  _ count: Int
) {
  var state = UInt64(truncatingIfNeeded: round &* 1000 &+ 7)
  for i in 0..<count {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let word = UInt32(truncatingIfNeeded: state >> 32)
    unsafe x[i] =
      i & 1 == 0 ? Float(bitPattern: word) : Float(Int32(bitPattern: word)) * 0x1p-24
    unsafe y[i] = 0
  }
  unsafe run(number, x, y, count)
  unsafe canonicalizeNaNs(y, count)
}

/// Writes what function `number` makes of x to y.
func run(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
) {
  switch number {
  case 0: unsafe exponential(y, x, count)
  case 1: unsafe logarithm(y, x, count)
  case 2: unsafe hyperbolicTangent(y, x, count)
  case 3: unsafe sigmoid(y, x, count)
  case 4: unsafe errorFunction(y, x, count)
  case 5: unsafe gelu(y, x, count)
  case 6: unsafe geluGradient(y, x, x, count)
  case 7: unsafe geluByTanh(y, x, count)
  case 8: unsafe geluByTanhGradient(y, x, x, count)
  case 9: unsafe silu(y, x, count)
  case 10: unsafe siluGradient(y, x, x, count)
  case 11: unsafe softplus(y, x, count)
  case 12: unsafe mish(y, x, count)
  case 13: unsafe mishGradient(y, x, x, count)
  case 14: unsafe fillNormals(y, count, 0.5, 2, 1, 2, 3, 4, 5, 6)
  case 15: unsafe fillUniforms(y, count, -1, 3, 1, 2, 3, 4, 5, 6)
  default: break
  }
}
