import KernelInterface
import Autograd
import Foundation
import Kernels
import ReferenceInterpreter
import Testing
import WorkerPool

/// The product on every instruction set of this machine, with one thread and with three.
final class Product {
  /// How the product runs: none of it may change a bit.
  struct Setting: Hashable, CustomStringConvertible {
    var isa: InstructionSet
    var threads: Int
    var description: String { "\(isa), \(threads) threads" }
  }

  let settings: [Setting]
  private var pools: [Int: WorkerPool] = [:]
  private var tapes: [Setting: [Int: Tape]] = [:]

  init() throws {
    settings = InstructionSet.available.flatMap { isa in
      [1, 3].map { Setting(isa: isa, threads: $0) }
    }
  }

  func workers(_ setting: Setting) throws -> WorkerPool {
    if let pool = pools[setting.threads] { return pool }
    let pool = try WorkerPool(threads: setting.threads, oversubscribed: true)
    pools[setting.threads] = pool
    return pool
  }

  /// An empty tape whose memory holds NaN, so that what is read and never written shows.
  func tape(_ setting: Setting, shards: Int = 1) throws -> Tape {
    let tape =
      try tapes[setting]?[shards]
      ?? Tape(workers: workers(setting), kernels: KernelSet(setting.isa), shards: shards)
    tapes[setting, default: [:]][shards] = tape
    tape.rewind()
    tape.input(shape: [1 << 16]).variable.value.fill(.nan)
    tape.rewind()
    tape.withScratch(1 << 16) { $0.fill(.nan) }
    tape.isTraining = true
    tape.keepsGradients = true
    tape.samples = nil
    tape.step = 0
    return tape
  }
}

/// Named numbers: the output of an operation and its gradients.
typealias Results = [(name: String, values: [Float])]

/// How many random cases run, and from which seed.
///
/// `REFERENCE_SEED` sets the seed of the first case, `REFERENCE_CASES` a factor for their number: a failure is repeated by the seed that it
/// names and the factor 0, which runs one case.
struct Cases {
  let seeds: [UInt64]

  init(_ full: Int, inDebug sampled: Int) {
    let environment = ProcessInfo.processInfo.environment
    let first = environment["REFERENCE_SEED"].flatMap { UInt64($0) } ?? 1
    let factor = environment["REFERENCE_CASES"].flatMap { Double($0) } ?? 1
    #if DEBUG
      let count = sampled
    #else
      let count = full
    #endif
    seeds = (0..<max(1, Int(Double(count) * factor))).map { first &+ UInt64($0) }
  }

  /// Calls `body` with each seed; stops after the third that fails.
  func run(_ body: (_ seed: UInt64, _ random: inout SplitMix) throws -> Bool) rethrows {
    var failures = 0
    for seed in seeds where failures < 3 {
      var random = SplitMix(seed: seed)
      if try !body(seed, &random) { failures += 1 }
    }
  }
}

/// Compares what the product gives, in every setting, with the reference.
///
/// - Returns: Whether all bits are the same; a difference has been recorded.
func check(
  _ expected: Results, of case: String, seed: UInt64, _ product: Product,
  _ run: (Product.Setting) throws -> Results
) rethrows -> Bool {
  for setting in product.settings {
    let found = try run(setting)
    guard found.map(\.name) == expected.map(\.name) else {
      Issue.record("the product gives \(found.map(\.name)), not \(expected.map(\.name))")
      return false
    }
    for (wanted, given) in zip(expected, found) {
      if let difference = difference(expected: wanted.values, found: given.values) {
        Issue.record("\(`case`): \(wanted.name), \(difference); \(setting), REFERENCE_SEED=\(seed)")
        return false
      }
    }
  }
  return true
}
