// Small runs of every kernel over arguments made here, for the proof that all machines compute the same bits. Each takes some
// megaflops, so that they are quick under an emulator and with software fma. Scratch memory is 4 · 65536 floats.

/// Floats in one of the four parts of the scratch memory.
@inline(always) private var part: Int { 65_536 }

/// How many goldens there are.
@inline(never)
public func goldenCount() -> Int { 75 }

/// Runs golden `number`: its results are the 2 · 65536 floats in the second half of the scratch memory, any NaN made canonical.
@inline(never)
public func goldenRun(_ number: Int, _ scratch: UnsafeMutablePointer<Float>) {
  // SAFETY: the caller owns 4 · 65536 floats; every run stays within one part of 65536 floats for each pointer.
  let x = unsafe scratch
  let w = unsafe scratch + part
  let y = unsafe scratch + 2 * part
  let z = unsafe scratch + 3 * part
  unsafe seedFloats(x, part, 1 &+ UInt32(truncatingIfNeeded: number))
  unsafe seedFloats(w, part, 1001 &+ UInt32(truncatingIfNeeded: number))
  unsafe fill(y, 0, part)
  unsafe seedFloats(z, part, 2001 &+ UInt32(truncatingIfNeeded: number))
  if number < 14 {
    unsafe goldenProducts(number, x, w, y, z)
  } else if number < 30 {
    unsafe goldenMaps(number, x, w, y, z)
  } else if number < 44 {
    unsafe goldenRows(number, x, w, y, z)
  } else if number < 51 {
    unsafe goldenImages(number, x, w, y, z)
  } else if number < 67 {
    unsafe goldenFunctions(number, x, w, y, z)
  } else {
    unsafe goldenFusions(number, x, w, y, z)
  }
  // The sign of a NaN is the processor's choice.
  unsafe canonicalizeNaNs(y, 2 * part)
}

/// Floats from −1 to 1, among them zeros of both signs.
private func seedFloats(_ x: UnsafeMutablePointer<Float>, _ count: Int, _ seed: UInt32) {
  var state = seed &* 2_654_435_761 &+ 12_345
  for i in 0..<count {
    state = state &* 1_664_525 &+ 1_013_904_223
    let value = Float(Int32(bitPattern: state)) * 0x1p-31
    let zero: Float = state & 1 == 0 ? 0 : -0.0
    // SAFETY: the caller owns `count` floats.
    unsafe x[i] = (state >> 20) & 63 == 0 ? zero : value
  }
}

/// Matrix products and convolutions.
private func goldenProducts(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ z: UnsafeMutablePointer<Float>
) {
  // SAFETY: every size below was counted to stay within 65536 floats for each pointer.
  switch number {
  case 0: unsafe multiply(y, 32, 70, x, 129, 1, w, 129 * 32, 32, true, 53, 70, 129, 0, x, false, 0)
  case 1: unsafe multiply(y, 32, 70, x, 129, 1, w, 129 * 32, 32, true, 53, 70, 129, 1, z, true, 64)
  case 2: unsafe multiply(z, 32, 10, x, 64, 1, w, 64 * 32, 32, true, 64, 10, 64, 2, x, false, 7)
  case 3: unsafe multiply(y, 61 * 32, 32, x, 1, 61, w, 32, 47, false, 61, 47, 90, 0, x, false, 0)
  case 4: unsafe multiply(y, 32, 300, x, 200, 1, w, 200 * 32, 32, true, 1, 300, 200, 1, z, true, 0)
  case 5: unsafe multiply(y, 32, 66, x, 1, 300, w, 32, 66, false, 300, 66, 205, 0, x, false, 0)
  case 6: unsafe transposePanels(y, x, 75, 43, 75)
  case 7:
    unsafe packPanels(y, x, 1, 77, 77, 50)
    unsafe unpackPanels(z, y, 1, 77, 77, 50)
  case 8:
    unsafe convolution(y, x, w, z, 1, true, 2, 16, 15, 1, 6, 16, 12, 11, 5, 5, 1, 1, 1, 1, 0, 1)
  case 9:
    unsafe convolution(y, x, w, z, 0, false, 2, 13, 14, 2, 5, 33, 6, 6, 3, 3, 2, 2, 1, 1, 0, 4)
  case 10:
    unsafe convolutionInputGradient(
      y, x, w, 2, 10, 9, 1, 7, 20, 3, 3, 1, 1, 0, 0, 1, 1, 8, 11, 2, false, 0, 1)
  case 11:
    unsafe convolutionInputGradient(
      y, x, w, 2, 10, 9, 3, 2, 4, 2, 3, 1, 1, 0, 0, 2, 2, 8, 13, 4, false, 0, 3)
  case 12:
    unsafe convolutionWeightGradient(
      y, x, w, false, 3, 14, 15, 1, 9, 40, 12, 13, 3, 3, 1, 1, 1, 1, 0, 2)
  default:
    unsafe padPixels(y, x, 2, 7, 8, 5, 17, 19, 1, 2)
    unsafe transposeConvolution(z, w, 2, 9, 17, 3, 2, 2, 1, 1, 1)
  }
}

/// Maps, activations, optimizers, sampling.
private func goldenMaps(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ z: UnsafeMutablePointer<Float>
) {
  let n = 10_007
  // SAFETY: as above.
  switch number {
  case 14:
    unsafe add(y, x, w, n)
    unsafe subtract(y + n, x, w, n)
    unsafe multiplyElements(y + 2 * n, x, w, n)
    unsafe divide(y + 3 * n, x, w, n)
  case 15:
    unsafe scale(y, x, 0.3, n)
    unsafe addScalar(y + n, x, 0.3, n)
    unsafe clamp(y + 2 * n, x, 0.25, n)
    unsafe addScaled(z, x, 0.7, n)
    unsafe blend(z + n, x, 0.1, n)
  case 16:
    unsafe multiplyElements(y, x, x, n)
    unsafe squareRoot(y, y, n)
  case 17: unsafe addRowVector(y, x, w, 77, 101, 103)
  case 18:
    unsafe relu(y, x, n)
    unsafe reluGradient(z, x, w, n)
  case 19:
    unsafe leakyRelu(y, x, 0.01, n)
    unsafe leakyReluGradient(z, x, w, 0.01, n)
  case 20:
    unsafe hyperbolicTangent(y, x, n)
    unsafe tanhGradient(z, x, y, n)
  case 21:
    unsafe sigmoid(y, x, n)
    unsafe sigmoidGradient(z, x, y, n)
  case 22:
    unsafe scale(x, x, 90, n)
    unsafe exponential(y, x, n)
    unsafe logarithm(z, y, n)
    unsafe errorFunction(z + n, w, n)
  case 23:
    unsafe multiplyElements(y, w, w, n)
    unsafe adam(z, x, w, y, n, 0.999, 0.01, 0.1, 0.999, 0.001, 1.5, 1e-8, 0.01)
  case 24: unsafe momentum(z, x, w, n, 0.01, 0.9, 1, true, 0.1)
  case 25: unsafe momentum(z, x, w, n, 0, 0.9, 0.5, false, 0.1)
  case 26: unsafe gradientDescent(z, x, n, 0.01, 0.1)
  case 27:
    var sample: UInt32 = 1 << 31
    unsafe withUnsafePointer(to: &sample) { pointer in
      unsafe dropout(y, x, 1003, pointer, 1, 1003, 9, 77, 1, 2, 0x4000_0000, 1.25)
    }
  case 28:
    unsafe interleave(y, x, true, 3, 5, 77)
    unsafe interleave(z, x, false, 3, 5, 77)
  default:
    unsafe copy(y, x, n)
    unsafe canonicalizeNaNs(y, n)
  }
}

/// Sums, extremes and losses.
private func goldenRows(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ z: UnsafeMutablePointer<Float>
) {
  // SAFETY: as above.
  switch number {
  case 30: for i in 0..<100 { unsafe y[i] = sum(x, i) }
  case 31: for i in 0..<10 { unsafe y[i] = sum(x, 65_536 - 4099 * i) }
  case 32: for i in 0..<10 { unsafe y[i] = sumOfSquares(x, 65_536 - 5001 * i) }
  case 33:
    unsafe blockSums(y, x, 65_536 - 77)
    unsafe blockSumsOfSquares(y + 100, x, 65_536 - 77)
    unsafe combinePairwise(y, 1, 16, 1)
  case 34: unsafe combinePairwise(z, 1000, 13, 997)
  case 35:
    unsafe columnSums(y, x, 101, 300, 99, false)
    unsafe columnSums(z, x, 101, 300, 99, true)
  case 36: unsafe rowSums(y, x, 301, 200, 299)
  case 37:
    for i in 1..<100 { unsafe y[i] = Float(argmax(x + i, i)) }
    unsafe rowMaxima(y + 100, x, 301, 200, 299)
  case 38: unsafe softmax(y, x, 301, 200, 299)
  case 39: unsafe logSoftmax(y, x, 10, 200, 10)
  case 40:
    unsafe softmax(y, x, 33, 200, 33)
    unsafe softmaxGradient(z, w, y, 33, 200, 33)
  case 41, 42:
    let targets = unsafe UnsafeMutableRawPointer(w).assumingMemoryBound(to: UInt32.self)
    for row in 0..<200 { unsafe targets[row] = UInt32(truncatingIfNeeded: row % 10) }
    let smooth = number == 42
    unsafe softmaxCrossEntropy(
      z, y, x, 10, targets, 200, 10, smooth ? 0.9 : 1, smooth ? 0.01 : 0, 0.005)
  default: unsafe z[0] = squaredError(y, x, w, 0.01, 30_011)
  }
}

/// Pooling and normalization.
private func goldenImages(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ z: UnsafeMutablePointer<Float>
) {
  // SAFETY: as above; taps are words of the size of a float.
  let taps = unsafe UnsafeMutableRawPointer(w).assumingMemoryBound(to: UInt32.self)
  unsafe x[1234] = .nan
  switch number {
  case 44:
    unsafe maxPool(y, taps, x, 2, 12, 17, 15, 3, 3, 2, 2, 1, 1, 9, 8)
    unsafe copy(z, w, 2 * 12 * 9 * 8)
  case 45:
    unsafe maxPool(z, taps, x, 2, 12, 17, 15, 3, 2, 1, 2, 1, 0, 17, 7)
    unsafe maxPoolGradient(y, x, taps, x, .nan, 2, 12, 17, 15, 3, 2, 1, 2, 1, 0, 17, 7)
  case 46: unsafe averagePool(y, x, 1 / 6, 2, 12, 17, 15, 3, 2, 2, 1, 1, 0, 9, 14)
  case 47: unsafe averagePoolGradient(y, x, 1 / 6, 2, 12, 17, 15, 3, 2, 2, 1, 1, 0, 9, 14)
  case 48:
    unsafe statisticSums(y, x, 79, 701, 77)
    unsafe statisticSquares(y + 77, x, w, 79, 701, 77)
    unsafe columnProducts(z, x, w, w, 79, 701, 77, true)
  case 49:
    unsafe scaleShift(y, x, w, w + 79, 79, 701, 77, false)
    unsafe scaleShift(z, x, w, w + 79, 79, 701, 77, true)
  default:
    unsafe normalizationGradient(
      y, x, z, w, w + 79, w + 79, false, w + 158, w + 237, 79, 701, 77)
  }
}

/// Elementary functions, smooth activations, random numbers.
private func goldenFunctions(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ z: UnsafeMutablePointer<Float>
) {
  let n = part
  let words = unsafe UnsafeMutableRawPointer(y).assumingMemoryBound(to: UInt32.self)
  unsafe seedWide(x, n, 3001 &+ UInt32(truncatingIfNeeded: number))
  // SAFETY: as above.
  switch number {
  case 51: unsafe exponential(y, x, n)
  case 52: unsafe logarithm(y, x, n)
  case 53: unsafe hyperbolicTangent(y, x, n)
  case 54: unsafe sigmoid(y, x, n)
  case 55: unsafe errorFunction(y, x, n)
  case 56:
    unsafe gelu(y, x, n)
    unsafe geluGradient(z, w, x, n)
  case 57:
    unsafe geluByTanh(y, x, n)
    unsafe geluByTanhGradient(z, w, x, n)
  case 58:
    unsafe silu(y, x, n)
    unsafe siluGradient(z, w, x, n)
  case 59:
    unsafe softplus(y, x, n)
    unsafe softplusGradient(z, w, x, n)
  case 60:
    unsafe mish(y, x, n)
    unsafe mishGradient(z, w, x, n)
  case 61:
    unsafe elu(y, x, n, 1, 1)
    unsafe eluGradient(z, w, x, n, 1, 1)
  case 62: unsafe philoxBlocks(words, 0xffff_ff00, 1, 2, 3, 4, 5, n / 4)
  case 63: unsafe fillUniforms(y, n - 5, -1, 3, 1, 2, 3, 4, 5, 6)
  case 64: unsafe fillNormals(y, n - 5, 0.5, 2, 1, 2, 3, 4, 5, 6)
  case 65:
    unsafe seedWords(words, 200, 50)
    unsafe gatherFloats(z, 301, x, 301, words, 200, 299)
  default:
    let bytes = unsafe UnsafePointer(UnsafeMutableRawPointer(x).assumingMemoryBound(to: UInt8.self))
    unsafe seedWords(words, 60, 50)
    unsafe gatherBytes(z, 1000, true, bytes, 1000, words, 60, 3, 331, w, w + 3)
  }
}

/// What is fused with its neighbour, or runs from planes.
private func goldenFusions(
  _ number: Int, _ x: UnsafeMutablePointer<Float>, _ w: UnsafeMutablePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ z: UnsafeMutablePointer<Float>
) {
  // SAFETY: as above.
  switch number {
  case 67:
    unsafe normalizationSums(y, y + 77, x, z, w, w + 79, w + 158, false, 79, 701, 77)
    unsafe normalizationSums(y + 154, y + 231, x, z, w, w + 79, w + 158, true, 79, 701, 77)
  case 68:
    unsafe normalizationGradient(
      y, x, z, w, w + 79, w + 158, true, w + 237, w + 316, 79, 701, 77)
  case 69: unsafe addRelu(y, x, w, 10_007)
  case 70:
    unsafe padPlanes(y, x, 2, 8, 7, 8, 8, 11, 0, 2)
    unsafe convolutionInputGradient(
      z, y, w, 2, 10, 9, 1, 3, 8, 3, 3, 1, 1, 0, 0, 1, 1, 8, 11, 2, true, 0, 1)
  case 71:
    unsafe convolutionInputGradient(
      y, x, w, 2, 10, 9, 1, 7, 20, 3, 3, 2, 3, 1, 1, 1, 1, 5, 4, 0, false, 0, 1)
  case 73:
    unsafe padNormalized(y, x, w, w + 37, false, 2, 7, 9, 35, 10, 12, 1, 2)
    unsafe padNormalized(z, x, w, w + 37, true, 2, 7, 9, 35, 10, 12, 1, 2)
  case 74:
    unsafe scaleShiftAdd(y, x, w, w + 79, w + 158, 701, 77, false)
    unsafe scaleShiftAdd(z, x, w, w + 79, w + 158, 701, 77, true)
  default:
    unsafe convolutionWeightGradient(
      y, x, w, false, 2, 16, 15, 1, 1, 7, 12, 11, 5, 5, 1, 1, 1, 1, 0, 1)
  }
}

/// Floats of which half have random bits and half lie in −128 ..< 128.
private func seedWide(_ x: UnsafeMutablePointer<Float>, _ count: Int, _ seed: UInt32) {
  var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15
  for i in 0..<count {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let word = UInt32(truncatingIfNeeded: state >> 32)
    // SAFETY: the caller owns `count` floats.
    unsafe x[i] =
      i & 1 == 0 ? Float(bitPattern: word) : Float(Int32(bitPattern: word)) * 0x1p-24
  }
}

/// Words below a bound, in an awkward order.
private func seedWords(_ words: UnsafeMutablePointer<UInt32>, _ count: Int, _ bound: Int) {
  // SAFETY: the caller owns `count` words.
  for i in 0..<count { unsafe words[i] = UInt32(truncatingIfNeeded: i &* 31 &+ 7) % UInt32(bound) }
}
