// The rate of each kernel, and its share of what the machine can do, as a table: medians of 21 runs.
//
//     make bench-kernels ARGS=convolution     # only names that contain the word
import Foundation
import KernelInterface
import Kernels
import WorkerPool

let kernels = try KernelSet().functions
let filter = CommandLine.arguments.dropFirst().first
/// Keeps results alive that nobody reads.
nonisolated(unsafe) var sink: Float = 0

/// Keeps the memory of all slices.
nonisolated(unsafe) var storages: [FloatStorage] = []

/// Floats from −0.5 to 0.5.
func floats(_ count: Int) -> FloatSlice {
  let storage = FloatStorage(count: count)
  storages.append(storage)
  let slice = storage.all
  var state: UInt32 = 12_345
  for i in 0..<count {
    state = state &* 1_664_525 &+ 1_013_904_223
    slice[i] = Float(Int32(bitPattern: state)) * 0x1p-32
  }
  return slice
}

/// What limits a kernel: floating-point operations, a fused multiply-add being two, or bytes read and written.
enum Limit {
  case arithmetic
  case traffic
}

/// What one core of this machine reaches: fused multiply-adds that touch no memory, and a copy of 16 MB.
let multiplyAdds = 200_000
let peakOperations =
  kernels.multiplyAddPeak(rounds: multiplyAdds, seed: 0.5).operations
  / seconds { sink += kernels.multiplyAddPeak(rounds: multiplyAdds, seed: 0.5).result }
let (large, source, target) = (4_000_000, floats(4_000_000), floats(4_000_000))
let peakBytes = Double(large) * 8 / seconds { kernels.copy(target, source) }

/// The median of 21 runs, in seconds.
func seconds(_ body: () -> Void) -> Double {
  for _ in 0..<3 { body() }
  let times = (0..<21).map { _ in ContinuousClock().measure(body) / .seconds(1) }
  return times.sorted()[10]
}

/// Prints the row of a kernel: `work` is floating-point operations or bytes of one call, `calls` how often it is called in a row; the
/// time of a call is printed where there is no work.
func measure(
  _ name: String, work: Double, calls: Int, _ limit: Limit = .traffic, _ body: () -> Void
) {
  if let filter, !name.contains(filter) { return }
  let time = seconds { for _ in 0..<calls { body() } } / Double(calls)
  guard work > 0 else { return print("| \(name) | \(Int(time * 1e9)) ns | |") }
  let (peak, unit) = limit == .arithmetic ? (peakOperations, "GFLOP/s") : (peakBytes, "GB/s")
  print(
    "| \(name) | \(String(format: "%.1f", work / time * 1e-9)) \(unit) "
      + "| \(Int((work / time / peak * 100).rounded())) % |")
}

print("| Kernel | Rate | Of the peak |\n|---|---|---|")
print(
  "| fused multiply-adds, one core | \(String(format: "%.1f", peakOperations * 1e-9)) GFLOP/s | |")
print("| copy of 16 MB | \(String(format: "%.1f", peakBytes * 1e-9)) GB/s | |")
products(kernels)
convolutions(kernels)
passes(kernels)

func products(_ kernels: any KernelFunctions) {
  for (rows, outputs, inputs) in [
    (1024, 1024, 1024), (64, 128, 784), (64, 64, 128), (64, 10, 64), (512, 128, 784), (1, 128, 784),
  ] {
    let x = floats(rows * inputs)
    let w = floats(KernelSet.panelFloats(depth: inputs, columns: outputs))
    let dW = floats(KernelSet.panelFloats(depth: inputs, columns: outputs))
    let y = floats(rows * outputs)
    let bias = floats(outputs)
    let work = 2 * Double(rows) * Double(outputs) * Double(inputs)
    let calls = max(1, Int(2e8 / work))
    let shape = "\(rows)×\(inputs)·\(inputs)×\(outputs)"
    let panels = 0..<KernelSet.panelCount(outputs)
    measure("linear \(shape)", work: work, calls: calls, .arithmetic) {
      kernels.linear(
        y, rowStride: outputs, x, xRowStride: inputs, weight: w, bias: bias, relu: true,
        rows: 0..<rows, panels: panels, inputs: inputs, outputs: outputs)
    }
    measure("weight gradient \(shape)", work: work, calls: calls, .arithmetic) {
      kernels.linearWeightGradient(
        dW, x, xRowStride: inputs, y, dyRowStride: outputs, dyPadded: true, samples: 0..<rows,
        inputRange: 0..<inputs, panels: panels, inputs: inputs, outputs: outputs,
        accumulating: false)
    }
  }
  guard let pool = try? WorkerPool(threads: 2) else { return }
  let n = 1024
  let x = floats(n * n)
  let w = floats(n * n)
  let y = floats(n * n)
  measure("linear 1024³, two threads", work: 2 * Double(n * n * n), calls: 1, .arithmetic) {
    pool.run(parts: 8) { part in
      kernels.linear(
        y, rowStride: n, x, xRowStride: n, weight: w, bias: nil, relu: false, rows: 0..<n,
        panels: part * 4..<part * 4 + 4, inputs: n, outputs: n)
    }
  }
  measure("empty parallel loop (1000 of them)", work: 0, calls: 1000) {
    pool.run(parts: 2, context: nil) { _, _ in }
  }
}

func convolutions(_ kernels: any KernelFunctions) {
  for (size, inputs, outputs, kernel, padding, images) in [
    (26, 32, 64, 3, 0, 8), (28, 1, 32, 3, 0, 16), (28, 1, 6, 5, 2, 16), (14, 6, 16, 5, 0, 16),
    (32, 16, 16, 3, 1, 16), (16, 32, 32, 3, 1, 16), (8, 64, 64, 3, 1, 16),
  ] {
    var shape = Convolution(
      height: size, width: size, inputs: inputs, outputs: outputs, kernelHeight: kernel,
      kernelWidth: kernel)
    shape.paddingHeight = padding
    shape.paddingWidth = padding
    let geometry = shape
    let x = floats(images * shape.paddedFloats)
    let y = floats(images * shape.outputFloats)
    let w = floats(shape.weightFloats)
    let transposed = floats(shape.transposedWeightFloats)
    let padded = floats(images * shape.paddedGradientFloats)
    let dx = floats(images * shape.inputFloats)
    let work = 2 * Double(images * shape.outputFloats * kernel * kernel * inputs)
    let name = "\(size)×\(size)×\(inputs)→\(outputs), \(kernel)×\(kernel)"
    measure("convolution \(name)", work: work, calls: 1, .arithmetic) {
      kernels.convolution(
        y, padded: x, weight: w, bias: nil, relu: true, images: images, shape: geometry,
        panels: 0..<geometry.panelCount)
    }
    measure("input gradient \(name)", work: work, calls: 1, .arithmetic) {
      kernels.convolutionInputGradient(
        dx, padded: padded, transposedWeight: transposed, images: images, shape: geometry,
        panels: 0..<geometry.transposedPanelCount)
    }
    measure("weight gradient \(name)", work: work, calls: 1, .arithmetic) {
      kernels.convolutionWeightGradient(
        w, padded: x, dy: y, images: images, shape: geometry, panels: 0..<geometry.panelCount,
        accumulating: false)
    }
  }
}

func passes(_ kernels: any KernelFunctions) {
  let count = 109_386
  let p = floats(count)
  let g = floats(count)
  let m = floats(count)
  let v = floats(count)
  kernels.multiply(v, v, v)
  measure("Adam over 109 386 parameters", work: Double(count) * 28, calls: 20) {
    kernels.adam(
      p, gradient: g, firstMoment: m, secondMoment: v, keep: 1, decay: 0, oneMinusBeta1: 0.1,
      beta2: 0.999, oneMinusBeta2: 0.001, inverseRootCorrection2: 1.5, epsilon: 1e-8,
      stepSize: 1e-3)
  }
  measure("sum of squares", work: Double(count) * 4, calls: 20) {
    sink += kernels.sumOfSquares(g)
  }
  measure("exp", work: Double(count) * 8, calls: 10) { kernels.exponential(p, g) }
  measure("tanh", work: Double(count) * 8, calls: 10) {
    kernels.hyperbolicTangent(p, g)
  }
  measure("Philox", work: 65_536 * 4, calls: 20) {
    var words = [UInt32](repeating: 0, count: 65_536)
    var span = words.mutableSpan
    kernels.philoxBlocks(&span, counter: [0, 1, 2, 3], key: (4, 5))
  }
  let targets = WordStorage((0..<64).map { UInt32($0 % 10) })
  measure("softmax cross-entropy 64×10", work: 640 * 8, calls: 100) {
    kernels.softmaxCrossEntropy(
      losses: m, gradient: p, logits: g, rowStride: 10, targets: targets.all, rows: 64, columns: 10,
      keep: 1, spread: 0, scale: 1 / 64)
  }
}
