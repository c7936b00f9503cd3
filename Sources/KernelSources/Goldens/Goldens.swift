internal import KernelInterface

// Small runs of every kernel over arguments made here, for the proof that all machines compute the same bits. Each takes some
// megaflops, so that they are quick under an emulator and with software fma. Scratch memory is 4 · 65536 floats.

/// Floats in one of the four parts of the scratch memory.
@inline(always) private var part: Int { 65_536 }

/// How many goldens there are.
@inline(always) var goldenNumbers: Int { 75 }

/// Runs golden `number`: its results are the 2 · 65536 floats in the second half of the scratch memory, any NaN made canonical.
@inline(never)
func rawGoldenRun(_ number: Int, _ scratch: MutableFloatPointer) {
  // SAFETY: the caller owns 4 · 65536 floats; every run stays within one part of 65536 floats for each pointer.
  let x = unsafe scratch
  let w = unsafe scratch + part
  let y = unsafe scratch + 2 * part
  let z = unsafe scratch + 3 * part
  unsafe seedFloats(x, part, 1 &+ UInt32(truncatingIfNeeded: number))
  unsafe seedFloats(w, part, 1001 &+ UInt32(truncatingIfNeeded: number))
  unsafe rawFill(y, 0, part)
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
  unsafe rawCanonicalizeNaNs(y, 2 * part)
}

/// Floats from −1 to 1, among them zeros of both signs.
private func seedFloats(_ x: MutableFloatPointer, _ count: Int, _ seed: UInt32) {
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
  _ number: Int, _ x: MutableFloatPointer, _ w: MutableFloatPointer,
  _ y: MutableFloatPointer, _ z: MutableFloatPointer
) {
  // SAFETY: every size below was counted to stay within 65536 floats for each pointer.
  switch number {
  case 0:
    unsafe rawMultiply(y, 32, 70, x, 129, 1, w, 129 * 32, 32, true, 53, 70, 129, 0, x, false, 0)
  case 1:
    unsafe rawMultiply(y, 32, 70, x, 129, 1, w, 129 * 32, 32, true, 53, 70, 129, 1, z, true, 64)
  case 2: unsafe rawMultiply(z, 32, 10, x, 64, 1, w, 64 * 32, 32, true, 64, 10, 64, 2, x, false, 7)
  case 3: unsafe rawMultiply(y, 61 * 32, 32, x, 1, 61, w, 32, 47, false, 61, 47, 90, 0, x, false, 0)
  case 4:
    unsafe rawMultiply(y, 32, 300, x, 200, 1, w, 200 * 32, 32, true, 1, 300, 200, 1, z, true, 0)
  case 5: unsafe rawMultiply(y, 32, 66, x, 1, 300, w, 32, 66, false, 300, 66, 205, 0, x, false, 0)
  case 6: unsafe rawTransposePanels(y, x, 75, 43, 75)
  case 7:
    unsafe rawPackPanels(y, x, 1, 77, 77, 50)
    unsafe rawUnpackPanels(z, y, 1, 77, 77, 50)
  case 8:
    unsafe rawConvolution(
      y, x, w, z, 1, true, 2, goldenShape((16, 15), (1, 6, 16), kernel: (5, 5)), 0, 1)
  case 9:
    unsafe rawConvolution(
      y, x, w, z, 0, false, 2, goldenShape((13, 14), (2, 5, 33), kernel: (3, 3), stride: (2, 2)), 0,
      4)
  case 10:
    unsafe rawConvolutionInputGradient(
      y, x, w, 2, goldenShape((10, 9), (1, 7, 20), kernel: (3, 3)), 0, 1)
  case 11:
    unsafe rawConvolutionInputGradient(
      y, x, w, 2, goldenShape((10, 9), (3, 2, 4), kernel: (2, 3), dilation: (2, 2)), 0, 3)
  case 12:
    unsafe rawConvolutionWeightGradient(
      y, x, w, false, 3, goldenShape((14, 15), (1, 9, 40), kernel: (3, 3)), 0, 2)
  default:
    unsafe rawPadPixels(y, x, 2, 7, 8, 5, 17, 19, 1, 2)
    unsafe rawTransposeConvolution(
      z, w, goldenShape((9, 9), (2, 9, 17), kernel: (3, 2), stride: (2, 1)))
  }
}

/// A convolution whose channels are those of one group.
private func goldenShape(
  _ image: (Int, Int), _ channels: (groups: Int, inputs: Int, outputs: Int), kernel: (Int, Int),
  stride: (Int, Int) = (1, 1), padding: (Int, Int) = (0, 0), dilation: (Int, Int) = (1, 1)
) -> Convolution {
  var shape = Convolution(
    height: image.0, width: image.1, inputs: channels.groups * channels.inputs,
    outputs: channels.groups * channels.outputs, kernelHeight: kernel.0, kernelWidth: kernel.1)
  shape.groups = channels.groups
  (shape.strideHeight, shape.strideWidth) = stride
  (shape.paddingHeight, shape.paddingWidth) = padding
  (shape.dilationHeight, shape.dilationWidth) = dilation
  return shape
}

/// A pooling of images of 12 × 17 × 15.
private func goldenPooling(
  kernel: (Int, Int), stride: (Int, Int), padding: (Int, Int)
) -> PoolingGeometry {
  PoolingGeometry(
    channels: 12, height: 17, width: 15, kernelHeight: kernel.0, kernelWidth: kernel.1,
    strideHeight: stride.0, strideWidth: stride.1, paddingHeight: padding.0,
    paddingWidth: padding.1)
}

/// Maps, activations, optimizers, sampling.
private func goldenMaps(
  _ number: Int, _ x: MutableFloatPointer, _ w: MutableFloatPointer,
  _ y: MutableFloatPointer, _ z: MutableFloatPointer
) {
  let n = 10_007
  // SAFETY: as above.
  switch number {
  case 14:
    unsafe rawAdd(y, x, w, n)
    unsafe rawSubtract(y + n, x, w, n)
    unsafe rawMultiplyElements(y + 2 * n, x, w, n)
    unsafe rawDivide(y + 3 * n, x, w, n)
  case 15:
    unsafe rawScale(y, x, 0.3, n)
    unsafe rawAddScalar(y + n, x, 0.3, n)
    unsafe rawClamp(y + 2 * n, x, 0.25, n)
    unsafe rawAddScaled(z, x, 0.7, n)
    unsafe rawBlend(z + n, x, 0.1, n)
  case 16:
    unsafe rawMultiplyElements(y, x, x, n)
    unsafe rawSquareRoot(y, y, n)
  case 17: unsafe rawAddRowVector(y, x, w, 77, 101, 103)
  case 18:
    unsafe rawRelu(y, x, n)
    unsafe rawReluGradient(z, x, w, n)
  case 19:
    unsafe rawLeakyRelu(y, x, 0.01, n)
    unsafe rawLeakyReluGradient(z, x, w, 0.01, n)
  case 20:
    unsafe rawHyperbolicTangent(y, x, n)
    unsafe rawTanhGradient(z, x, y, n)
  case 21:
    unsafe rawSigmoid(y, x, n)
    unsafe rawSigmoidGradient(z, x, y, n)
  case 22:
    unsafe rawScale(x, x, 90, n)
    unsafe rawExponential(y, x, n)
    unsafe rawLogarithm(z, y, n)
    unsafe rawErrorFunction(z + n, w, n)
  case 23:
    unsafe rawMultiplyElements(y, w, w, n)
    unsafe rawAdam(z, x, w, y, n, 0.999, 0.01, 0.1, 0.999, 0.001, 1.5, 1e-8, 0.01)
  case 24: unsafe rawMomentum(z, x, w, n, 0.01, 0.9, 1, true, 0.1)
  case 25: unsafe rawMomentum(z, x, w, n, 0, 0.9, 0.5, false, 0.1)
  case 26: unsafe rawGradientDescent(z, x, n, 0.01, 0.1)
  case 27:
    var sample: UInt32 = 1 << 31
    unsafe withUnsafePointer(to: &sample) { pointer in
      unsafe rawDropout(y, x, 1003, pointer, 1, 1003, 9, 77, 1, 2, 0x4000_0000, 1.25)
    }
  case 28:
    unsafe rawInterleave(y, x, true, 3, 5, 77)
    unsafe rawInterleave(z, x, false, 3, 5, 77)
  default:
    unsafe rawCopy(y, x, n)
    unsafe rawCanonicalizeNaNs(y, n)
  }
}

/// Sums, extremes and losses.
private func goldenRows(
  _ number: Int, _ x: MutableFloatPointer, _ w: MutableFloatPointer,
  _ y: MutableFloatPointer, _ z: MutableFloatPointer
) {
  // SAFETY: as above.
  switch number {
  case 30: for i in 0..<100 { unsafe y[i] = rawSum(x, i) }
  case 31: for i in 0..<10 { unsafe y[i] = rawSum(x, 65_536 - 4099 * i) }
  case 32: for i in 0..<10 { unsafe y[i] = rawSumOfSquares(x, 65_536 - 5001 * i) }
  case 33:
    unsafe rawBlockSums(y, x, 65_536 - 77)
    unsafe rawBlockSumsOfSquares(y + 100, x, 65_536 - 77)
    unsafe rawCombinePairwise(y, 1, 16, 1)
  case 34: unsafe rawCombinePairwise(z, 1000, 13, 997)
  case 35:
    unsafe rawColumnSums(y, x, 101, 300, 99, false)
    unsafe rawColumnSums(z, x, 101, 300, 99, true)
  case 36: unsafe rawRowSums(y, x, 301, 200, 299)
  case 37:
    for i in 1..<100 { unsafe y[i] = Float(rawArgmax(x + i, i)) }
    unsafe rawRowMaxima(y + 100, x, 301, 200, 299)
  case 38: unsafe rawSoftmax(y, x, 301, 200, 299)
  case 39: unsafe rawLogSoftmax(y, x, 10, 200, 10)
  case 40:
    unsafe rawSoftmax(y, x, 33, 200, 33)
    unsafe rawSoftmaxGradient(z, w, y, 33, 200, 33)
  case 41, 42:
    let targets = unsafe writable(w, 0, part).assumingMemoryBound(to: UInt32.self)
    for row in 0..<200 { unsafe targets[row] = UInt32(truncatingIfNeeded: row % 10) }
    let smooth = number == 42
    unsafe rawSoftmaxCrossEntropy(
      z, y, x, 10, targets, 200, 10, smooth ? 0.9 : 1, smooth ? 0.01 : 0, 0.005)
  default: unsafe z[0] = rawSquaredError(y, x, w, 0.01, 30_011)
  }
}

/// Pooling and normalization.
private func goldenImages(
  _ number: Int, _ x: MutableFloatPointer, _ w: MutableFloatPointer,
  _ y: MutableFloatPointer, _ z: MutableFloatPointer
) {
  // SAFETY: as above; taps are words of the size of a float.
  let taps = unsafe writable(w, 0, part).assumingMemoryBound(to: UInt32.self)
  unsafe x[1234] = .nan
  switch number {
  case 44:
    unsafe rawMaxPool(y, taps, x, 2, goldenPooling(kernel: (3, 3), stride: (2, 2), padding: (1, 1)))
    unsafe rawCopy(z, w, 2 * 12 * 9 * 8)
  case 45:
    unsafe rawMaxPool(z, taps, x, 2, goldenPooling(kernel: (3, 2), stride: (1, 2), padding: (1, 0)))
    unsafe rawMaxPoolGradient(
      y, x, taps, x, .nan, 2, goldenPooling(kernel: (3, 2), stride: (1, 2), padding: (1, 0)))
  case 46:
    unsafe rawAveragePool(
      y, x, 1 / 6, 2, goldenPooling(kernel: (3, 2), stride: (2, 1), padding: (1, 0)))
  case 47:
    unsafe rawAveragePoolGradient(
      y, x, 1 / 6, 2, goldenPooling(kernel: (3, 2), stride: (2, 1), padding: (1, 0)))
  case 48:
    unsafe rawStatisticSums(y, x, 79, 701, 77)
    unsafe rawStatisticSquares(y + 77, x, w, 79, 701, 77)
    unsafe rawColumnProducts(z, x, w, w, 79, 701, 77, true)
  case 49:
    unsafe rawScaleShift(y, x, w, w + 79, 79, 701, 77, false)
    unsafe rawScaleShift(z, x, w, w + 79, 79, 701, 77, true)
  default:
    unsafe rawNormalizationGradient(
      y, x, z, w, w + 79, w + 79, false, w + 158, w + 237, 79, 701, 77)
  }
}

/// Elementary functions, smooth activations, random numbers.
private func goldenFunctions(
  _ number: Int, _ x: MutableFloatPointer, _ w: MutableFloatPointer,
  _ y: MutableFloatPointer, _ z: MutableFloatPointer
) {
  let n = part
  let words = unsafe writable(y, 0, part).assumingMemoryBound(to: UInt32.self)
  unsafe seedWide(x, n, 3001 &+ UInt32(truncatingIfNeeded: number))
  // SAFETY: as above.
  switch number {
  case 51: unsafe rawExponential(y, x, n)
  case 52: unsafe rawLogarithm(y, x, n)
  case 53: unsafe rawHyperbolicTangent(y, x, n)
  case 54: unsafe rawSigmoid(y, x, n)
  case 55: unsafe rawErrorFunction(y, x, n)
  case 56:
    unsafe rawGelu(y, x, n)
    unsafe rawGeluGradient(z, w, x, n)
  case 57:
    unsafe rawGeluByTanh(y, x, n)
    unsafe rawGeluByTanhGradient(z, w, x, n)
  case 58:
    unsafe rawSilu(y, x, n)
    unsafe rawSiluGradient(z, w, x, n)
  case 59:
    unsafe rawSoftplus(y, x, n)
    unsafe rawSoftplusGradient(z, w, x, n)
  case 60:
    unsafe rawMish(y, x, n)
    unsafe rawMishGradient(z, w, x, n)
  case 61:
    unsafe rawElu(y, x, n, 1, 1)
    unsafe rawEluGradient(z, w, x, n, 1, 1)
  case 62: unsafe rawPhiloxBlocks(words, 0xffff_ff00, 1, 2, 3, 4, 5, n / 4)
  case 63: unsafe rawFillUniforms(y, n - 5, -1, 3, 1, 2, 3, 4, 5, 6)
  case 64: unsafe rawFillNormals(y, n - 5, 0.5, 2, 1, 2, 3, 4, 5, 6)
  case 65:
    unsafe seedWords(words, 200, 50)
    unsafe rawGatherFloats(z, 301, x, 301, words, 200, 299)
  default:
    let bytes = unsafe UnsafePointer(writable(x, 0, part).assumingMemoryBound(to: UInt8.self))
    unsafe seedWords(words, 60, 50)
    unsafe rawGatherBytes(z, 1000, true, bytes, 1000, words, 60, 3, 331, w, w + 3)
  }
}

/// What is fused with its neighbour, or runs from planes.
private func goldenFusions(
  _ number: Int, _ x: MutableFloatPointer, _ w: MutableFloatPointer,
  _ y: MutableFloatPointer, _ z: MutableFloatPointer
) {
  // SAFETY: as above.
  switch number {
  case 67:
    unsafe rawNormalizationSums(y, y + 77, x, z, w, w + 79, w + 158, false, 79, 701, 77)
    unsafe rawNormalizationSums(y + 154, y + 231, x, z, w, w + 79, w + 158, true, 79, 701, 77)
  case 68:
    unsafe rawNormalizationGradient(
      y, x, z, w, w + 79, w + 158, true, w + 237, w + 316, 79, 701, 77)
  case 69: unsafe rawAddRelu(y, x, w, 10_007)
  case 70:
    unsafe rawPadPlanes(y, x, 2, 8, 7, 8, 8, 11, 0, 2)
    unsafe rawConvolutionInputGradient(
      z, y, w, 2, goldenShape((10, 9), (1, 3, 8), kernel: (3, 3)), 0, 1)
  case 71:
    unsafe rawConvolutionInputGradient(
      y, x, w, 2, goldenShape((10, 9), (1, 7, 20), kernel: (3, 3), stride: (2, 3), padding: (1, 1)),
      0, 1)
  case 73:
    unsafe rawPadNormalized(y, x, w, w + 37, false, 2, 7, 9, 35, 10, 12, 1, 2)
    unsafe rawPadNormalized(z, x, w, w + 37, true, 2, 7, 9, 35, 10, 12, 1, 2)
  case 74:
    unsafe rawScaleShiftAdd(y, x, w, w + 79, w + 158, 701, 77, false)
    unsafe rawScaleShiftAdd(z, x, w, w + 79, w + 158, 701, 77, true)
  default:
    unsafe rawConvolutionWeightGradient(
      y, x, w, false, 2, goldenShape((16, 15), (1, 1, 7), kernel: (5, 5)), 0, 1)
  }
}

/// Floats of which half have random bits and half lie in −128 ..< 128.
private func seedWide(_ x: MutableFloatPointer, _ count: Int, _ seed: UInt32) {
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
