// Compiled together with the kernel sources, for x86-64 and, as Embedded Swift, for aarch64: one digest for each kernel,
// over arguments that both make in the same way. Equal digests mean equal bits.

/// How many digests there are: sixteen of this file, and the goldens of all kernels.
@_cdecl("digest_count") public func digestCount() -> Int { 16 + goldenCount() }

/// The digest of kernel `number`; `x` and `y` follow each other and hold 2 · 65,537 floats each.
@_cdecl("digest") public func digest(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>
) -> UInt64 {
  if number >= 16 { return unsafe goldenDigest(number - 16, x) }
  let count = 65_537
  var state: UInt64 = 7
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for _ in 0..<8 {
    // Half of the arguments have random bits, the other half lie in −128 ..< 128.
    for i in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let word = UInt32(truncatingIfNeeded: state >> 32)
      unsafe x[i] =
        i & 1 == 0
        ? Float(bitPattern: word) : Float(Int32(bitPattern: word)) * 0x1p-24
      unsafe y[i] = 0
    }
    unsafe run(number, x, y, count)
    for i in 0..<count {
      let value = unsafe y[i]
      // NaN has another sign on aarch64; it is made canonical on writing.
      hash = (hash ^ UInt64(value != value ? 0x7fc0_0000 : value.bitPattern)) &* 0x100_0000_01b3
    }
  }
  return hash
}

/// Writes what kernel `number` makes of x to y.
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
