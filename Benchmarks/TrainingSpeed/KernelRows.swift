import Autograd
import Foundation
import KernelInterface
import Kernels
import Training
import WorkerPool

/// A matrix product of 1024³, on one thread and on two, beside the peak of fused multiply-adds.
struct Product {
  let kernels: any KernelFunctions
  let pool: WorkerPool
  private let n = 1024
  private let memory = (floats(1024 * 1024), floats(1024 * 1024), floats(1024 * 1024))
  private var x: FloatSlice { memory.0.all }
  private var w: FloatSlice { memory.1.all }
  private var y: FloatSlice { memory.2.all }

  init(kernels: KernelSet) throws {
    self.kernels = kernels.functions
    pool = try WorkerPool(threads: 2)
    _ = (peak(), rate(threads: 1), rate(threads: 2))
  }

  /// GFLOP/s of the best of three products.
  func rate(threads: Int) -> Double {
    let times = (0..<3).map { _ in
      seconds {
        if threads == 1 {
          kernels.linear(
            y, rowStride: n, x, xRowStride: n, weight: w, bias: nil, relu: false,
            rows: 0..<n, panels: 0..<32, inputs: n, outputs: n)
        } else {
          pool.run(parts: 8) { part in
            kernels.linear(
              y, rowStride: n, x, xRowStride: n, weight: w, bias: nil, relu: false,
              rows: 0..<n, panels: part * 4..<part * 4 + 4, inputs: n, outputs: n)
          }
        }
      }
    }
    return 2 * 1024 * 1024 * 1024 / (times.min() ?? .nan) * 1e-9
  }

  /// GFLOP/s of multiply-adds that touch no memory, on one core.
  func peak() -> Double {
    let times = (0..<3).map { _ in
      seconds { sink += kernels.multiplyAddPeak(rounds: 200_000, seed: 0.5).result }
    }
    return kernels.multiplyAddPeak(rounds: 200_000, seed: 0.5).operations / (times.min() ?? .nan)
      * 1e-9
  }

  /// GFLOP/s of products of 512³ on both cores at once, over some 20 ms: less than at other times if somebody else
  /// shares a core or its caches.
  func calm() -> Measurement {
    var result = Measurement(row: "calm", unit: "GFLOP/s")
    let rounds = 12
    let time = seconds {
      pool.run(parts: 2) { part in
        for _ in 0..<rounds {
          kernels.linear(
            y, rowStride: n, x, xRowStride: n, weight: w, bias: nil, relu: false,
            rows: part * 512..<part * 512 + 512, panels: 0..<16, inputs: 512, outputs: 512)
        }
      }
    }
    result.values = [Double(2 * rounds) * 2 * 512 * 512 * 512 / time * 1e-9]
    return result
  }

  /// The share of the peak on one core, each repetition beside a peak of its own.
  func share(repetitions: Int) -> Measurement {
    var result = Measurement(row: "matmul", unit: "of the peak")
    var rates: [Double] = []
    var peaks: [Double] = []
    for _ in 0..<repetitions {
      peaks.append(peak())
      rates.append(rate(threads: 1))
      result.values.append(rates[rates.count - 1] / peaks[peaks.count - 1])
    }
    result.facts = [("gflops", rates.max() ?? 0), ("peak", peaks.max() ?? 0)]
    return result
  }

  /// How often the rate of one thread two threads reach.
  func scaling(repetitions: Int) -> Measurement {
    var result = Measurement(row: "matmul2", unit: "times one thread")
    var rates: [Double] = []
    for _ in 0..<repetitions {
      let one = rate(threads: 1)
      rates.append(rate(threads: 2))
      result.values.append(rates[rates.count - 1] / one)
    }
    result.facts = [("gflops", rates.max() ?? 0)]
    return result
  }
}

/// Keeps results alive that nobody reads.
nonisolated(unsafe) var sink: Float = 0

/// The latency of a perceptron's outputs for one sample.
struct Inference {
  private let predictor: Predictor
  private let samples: Samples

  init(samples: Samples, threads: Int, kernels: KernelSet) throws {
    let model = try Model(
      Network.perceptron(64).model, input: samples.inputShape, classes: 10, seed: TrainingRun.seed)
    predictor = try Predictor(model, workers: WorkerPool(threads: threads), kernels: kernels)
    self.samples = samples
    _ = microseconds(2000)
  }

  /// Microseconds a call, over `calls` different samples.
  func microseconds(_ calls: Int) -> Double {
    let size = samples.inputShape.count
    var outputs = [Float](repeating: 0, count: 10)
    let time = seconds {
      for index in 0..<calls {
        let start = index % 1000 * size
        var span = outputs.mutableSpan
        predictor.predict(samples.pixels.span.extracting(start..<start + size), into: &span)
      }
    }
    sink += outputs[0]
    return time / Double(calls) * 1e6
  }

  func measure(repetitions: Int) -> Measurement {
    var result = Measurement(row: "inference", unit: "µs")
    for _ in 0..<repetitions { result.values.append(microseconds(20_000)) }
    result.facts = [("gflops", 2 * 109_184 / result.median * 1e-3)]
    return result
  }
}
