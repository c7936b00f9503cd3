import Benchmark
import Kernels
import WorkerPool

/// Millions of floating-point operations a second, a fused multiply-add being two.
let arithmetic = BenchmarkMetric.custom(
  "MFLOP/s", polarity: .prefersLarger, useScalingFactor: false)
/// Millions of bytes read and written a second.
let traffic = BenchmarkMetric.custom("MB/s", polarity: .prefersLarger, useScalingFactor: false)
/// The share of what the machine can do, in thousandths.
let share = BenchmarkMetric.custom(
  "per mille of the peak", polarity: .prefersLarger, useScalingFactor: false)

/// What one core of this machine reaches, measured in this very process.
struct Peaks {
  /// Floating-point operations a second, by fused multiply-adds that touch no memory.
  let operations: Double
  /// Bytes a second of a copy of 16 MB, each counted when read and when written.
  let bytes: Double

  init(_ kernels: KernelSet) {
    let large = 4_000_000
    let source = floats(large)
    let target = floats(large)
    operations = best {
      let peak = kernels.multiplyAddPeak(rounds: 200_000, seed: 0.5)
      blackHole(peak.result)
      return peak.operations
    }
    bytes = best {
      kernels.copy(target, source, count: large)
      return Double(large) * 8
    }
    source.deallocate()
    target.deallocate()
  }
}

/// The best rate of five runs of a body that returns how much it did.
func best(_ body: () -> Double) -> Double {
  var rate = 0.0
  for _ in 0..<5 {
    var work = 0.0
    let seconds = ContinuousClock().measure { work = body() } / .seconds(1)
    rate = max(rate, work / seconds)
  }
  return rate
}

/// What limits a kernel.
enum Limit {
  case arithmetic
  case traffic
}

/// Measures one kernel: `work` is floating-point operations or bytes of one call, `calls` how often it is called in a row; what does no
/// work is told in time.
func measure(
  _ name: String, work: Double, calls: Int, _ limit: Limit = .traffic,
  _ body: @escaping () -> Void
) {
  let rate = limit == .arithmetic ? arithmetic : traffic
  Benchmark(
    name,
    configuration: .init(
      metrics: work > 0 ? [rate, share] : [.wallClock], warmupIterations: 3,
      maxDuration: .seconds(1))
  ) { benchmark in
    benchmark.startMeasurement()
    let elapsed = ContinuousClock().measure { for _ in 0..<calls { body() } }
    benchmark.stopMeasurement()
    guard work > 0 else { return }
    let reached = work * Double(calls) / (elapsed / .seconds(1))
    let peak = limit == .arithmetic ? peaks.operations : peaks.bytes
    benchmark.measurement(rate, Int((reached * 1e-6).rounded()))
    benchmark.measurement(share, Int((reached / peak * 1000).rounded()))
  }
}

/// Measured once, by the first benchmark that asks.
let peaks = Peaks((try? KernelSet()) ?? fallback())

/// A processor without any of the instruction sets runs nothing.
func fallback() -> KernelSet { preconditionFailure("this processor is below x86-64-v2") }

/// Floats from −0.5 to 0.5, page-aligned.
func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
  let memory = UnsafeMutableRawPointer.allocate(byteCount: (count + 64) * 4, alignment: 4096)
  let result = memory.bindMemory(to: Float.self, capacity: count + 64)
  var state: UInt32 = 12_345
  for i in 0..<count + 64 {
    state = state &* 1_664_525 &+ 1_013_904_223
    result[i] = Float(Int32(bitPattern: state)) * 0x1p-32
  }
  return result
}

let benchmarks: @Sendable () -> Void = {
  guard let kernels = try? KernelSet() else { return }
  let rounds = 100_000
  let operations = kernels.multiplyAddPeak(rounds: rounds, seed: 0.5).operations
  measure("peak of fused multiply-adds, one core", work: operations, calls: 10, .arithmetic) {
    blackHole(kernels.multiplyAddPeak(rounds: rounds, seed: 0.5))
  }
  let large = 4_000_000
  let source = floats(large)
  let target = floats(large)
  measure("copy 16 MB", work: Double(large) * 8, calls: 10) {
    kernels.copy(target, source, count: large)
  }
  products(kernels)
  convolutions(kernels)
  passes(kernels)
}

func products(_ kernels: KernelSet) {
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
        inputRange: 0..<inputs, panels: panels, inputs: inputs, outputs: outputs)
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
        y, rowStride: n, x, xRowStride: n, weight: w, bias: nil, rows: 0..<n,
        panels: part * 4..<part * 4 + 4, inputs: n, outputs: n)
    }
  }
  measure("empty parallel loop (1000 of them)", work: 0, calls: 1000) {
    pool.run(parts: 2, context: nil) { _, _ in }
  }
}

func convolutions(_ kernels: KernelSet) {
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
    let turned = floats(shape.transposedWeightFloats)
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
        dx, padded: padded, transposedWeight: turned, images: images, shape: geometry,
        panels: 0..<geometry.transposedPanelCount)
    }
    measure("weight gradient \(name)", work: work, calls: 1, .arithmetic) {
      kernels.convolutionWeightGradient(
        w, padded: x, dy: y, images: images, shape: geometry, panels: 0..<geometry.panelCount)
    }
  }
}

func passes(_ kernels: KernelSet) {
  let count = 109_386
  let p = floats(count)
  let g = floats(count)
  let m = floats(count)
  let v = floats(count)
  kernels.multiply(v, v, v, count: count)
  measure("Adam over 109 386 parameters", work: Double(count) * 28, calls: 20) {
    kernels.adam(
      p, gradient: g, firstMoment: m, secondMoment: v, count: count, oneMinusBeta1: 0.1,
      beta2: 0.999, oneMinusBeta2: 0.001, inverseRootCorrection2: 1.5, epsilon: 1e-8,
      stepSize: 1e-3)
  }
  measure("sum of squares", work: Double(count) * 4, calls: 20) {
    blackHole(kernels.sumOfSquares(g, count: count))
  }
  measure("exp", work: Double(count) * 8, calls: 10) { kernels.exponential(p, g, count: count) }
  measure("tanh", work: Double(count) * 8, calls: 10) {
    kernels.hyperbolicTangent(p, g, count: count)
  }
  let words = UnsafeMutablePointer<UInt32>.allocate(capacity: 65_536)
  measure("Philox", work: 65_536 * 4, calls: 20) {
    kernels.philoxBlocks(words, firstBlock: 0, 1, 2, 3, key: 4, 5, count: 16_384)
  }
  let targets = UnsafeMutablePointer<UInt32>.allocate(capacity: 64)
  for i in 0..<64 { targets[i] = UInt32(i % 10) }
  measure("softmax cross-entropy 64×10", work: 640 * 8, calls: 100) {
    kernels.softmaxCrossEntropy(
      losses: m, gradient: p, logits: g, rowStride: 10, targets: targets, rows: 64, columns: 10,
      scale: 1 / 64)
  }
}
