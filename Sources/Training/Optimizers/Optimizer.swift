public import Autograd
internal import KernelInterface
internal import WorkerPool

/// Changes parameters along their gradients, in one pass over a flat arena.
///
/// Creating an optimizer moves the parameters into an arena of its own; each parameter belongs to one optimizer.
public final class Optimizer {
  /// The rule and its numbers.
  public let kind: any OptimizerKind
  /// The step size of the next step; a schedule may change it.
  public var learningRate: Double
  /// Bounds on the gradients.
  public let clipping: GradientClipping
  /// The steps taken.
  public internal(set) var stepCount = 0

  let arena: ParameterArena
  /// The velocity or the moments, in the arena's layout, in the order of the kind's slots.
  let slots: [FloatStorage]
  private let tape: Tape
  private let kernels: any KernelFunctions
  private let workers: WorkerPool
  private let partials: FloatStorage

  /// Creates an optimizer of the trainable ones among `parameters`.
  ///
  /// - Parameters:
  ///   - kind: The rule and its numbers.
  ///   - parameters: What it changes; buffers are left out.
  ///   - tape: The tape whose threads and kernels it uses.
  ///   - clipping: Bounds on the gradients.
  public init(
    _ kind: any OptimizerKind, _ parameters: [Parameter], on tape: Tape,
    clipping: GradientClipping = GradientClipping()
  ) {
    self.kind = kind
    self.clipping = clipping
    learningRate = kind.learningRate
    self.tape = tape
    kernels = tape.kernels
    workers = tape.workers
    arena = ParameterArena(adopting: parameters.filter(\.isTrainable))
    let count = arena.count
    slots = kind.slots.map { _ in FloatStorage(count: count) }
    partials = FloatStorage(count: (count + 4095) / 4096)
  }

  /// Forgets all gradients, as a new step begins.
  public func zeroGradients() { arena.zeroGradients() }

  /// Clips the gradients, takes one step along them, and forgets them.
  ///
  /// - Returns: The Euclidean norm of the gradients before clipping.
  @discardableResult
  public func step() -> Float {
    let norm = gradientNorm()
    update(norm: norm)
    tape.commit()
    return norm
  }

  /// The Euclidean norm of all gradients: the root of their sum of squares in the arena's order (Numerics rule 3).
  func gradientNorm() -> Float {
    arena.zeroMissingGradients()
    let gradients = arena.gradients.all
    let blocks = partials.count
    guard blocks > 0 else { return 0 }
    workers.run(count: blocks, grain: 4) { range in
      let start = range.lowerBound * 4096
      let end = min(range.upperBound * 4096, gradients.count)
      kernels.blockSumsOfSquares(
        partials.all[range.lowerBound...], gradients[start..<end])
    }
    kernels.combinePairwise(partials.all, stride: 1, count: blocks, elements: 1)
    return partials.all[0].squareRoot()
  }

  /// Clips and takes one step; `norm` is that of the gradients as they are.
  func update(norm: Float) {
    clip(norm: norm)
    stepCount += 1
    workers.run(count: arena.count, grain: 4096) { range in
      kind.update(
        ParameterPart(range, of: arena, slots: slots, kernels: kernels),
        learningRate: learningRate, step: stepCount)
    }
    arena.zeroGradients()
  }

  private func clip(norm: Float) {
    let gradients = arena.gradients.all
    var norm = norm
    if let bound = clipping.value {
      workers.run(count: arena.count, grain: 4096) { range in
        let slice = gradients[range]
        kernels.clamp(slice, slice, bound: Float(bound))
      }
      if clipping.norm != nil { norm = gradientNorm() }
    }
    guard let bound = clipping.norm, Double(norm) > bound else { return }
    let factor = Float(bound / Double(norm))
    workers.run(count: arena.count, grain: 4096) { range in
      let slice = gradients[range]
      kernels.scale(slice, slice, by: factor)
    }
  }
}
