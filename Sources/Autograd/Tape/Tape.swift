package import KernelInterface
public import Kernels
public import WorkerPool

/// A recording of operations in the order in which they ran: what reverse-mode differentiation walks back.
///
/// Operations run at once and are recorded. ``Tensor/backward()`` runs their pullbacks in reverse order; the first
/// contribution to a gradient is stored, later ones are added in that order. ``rewind()`` forgets the recording and keeps
/// the memory; ``replay()`` runs the same operations again on new inputs without allocating anything.
///
/// A tape belongs to one thread at a time; its operations spread over the worker pool by themselves, in ways that
/// change no bit.
public final class Tape {
  /// The threads that operations spread over.
  public let workers: WorkerPool
  /// The instruction set whose kernels compute.
  public let kernelSet: KernelSet
  /// Its functions.
  package let kernels: any KernelFunctions
  /// Whether dropout drops and batch normalization uses the batch's own statistics.
  public var isTraining = true
  /// The step that random streams of dropout are drawn at.
  public var step: UInt32 = 0
  /// The logical shards that a batch is cut into (Numerics rule 2).
  public let shards: Int

  /// Whether the gradients of all tensors can be read after a backward pass.
  ///
  /// A trainer wants those of parameters only: then operations may write the gradient of their input over that of their output,
  /// which saves memory and the time to fetch it.
  package var keepsGradients = true
  /// Whether operations run when they are recorded; false while a trainer lays out its plan.
  package var runsOnRecord = true
  /// The numbers of the samples in the batch, by which dropout draws; rows count from 0 when nil.
  package var samples: WordStorage?

  private var operations: [any Operation] = []
  private var stateful: [any StatefulOperation] = []
  private var variables: [Variable] = []
  private let arena = Arena()
  private let scratch = Arena()
  /// Rises with each rewind; a tensor of an earlier recording is refused.
  private(set) var generation = 0

  /// Creates an empty tape.
  ///
  /// - Parameters:
  ///   - workers: The threads to spread over.
  ///   - kernels: The instruction set to use, as `try KernelSet()` chooses it for this machine.
  ///   - shards: The logical shards of a batch; part of the result's definition.
  public init(workers: WorkerPool, kernels: KernelSet, shards: Int = 1) {
    precondition(shards >= 1, "a batch has at least one shard")
    self.workers = workers
    kernelSet = kernels
    self.kernels = kernels.functions
    self.shards = shards
  }

  /// The number of recorded operations.
  public var count: Int { operations.count }

  /// The operation that was recorded last.
  package var last: (any Operation)? { operations.last }

  /// Forgets all operations and takes the memory of all tensors back for the next recording.
  public func rewind() {
    operations.removeAll(keepingCapacity: true)
    stateful.removeAll(keepingCapacity: true)
    variables.removeAll(keepingCapacity: true)
    arena.rewind()
    generation += 1
  }

  /// Runs all recorded operations again, in order.
  public func replay() {
    for operation in operations { operation.forward(on: self) }
  }

  /// Takes over the running statistics of the last forward pass; an optimizer's `step` does it.
  package func commit() {
    for operation in stateful { operation.commit(on: self) }
  }
}

// MARK: - Recording

extension Tape {
  /// A variable in the tape's memory; its contents are unspecified.
  package func makeVariable(_ shape: Shape, requiresGradient: Bool) -> Variable {
    let variable = Variable(
      shape: shape, value: arena.allocate(shape.count), requiresGradient: requiresGradient)
    variables.append(variable)
    return variable
  }

  /// A variable whose value is never stored: operations that read it make it of what another one holds.
  package func makeUnstoredVariable(_ shape: Shape) -> Variable {
    let variable = Variable(shape: shape, value: arena.allocate(0), requiresGradient: true)
    variables.append(variable)
    return variable
  }

  /// Another view of a variable: the same elements in the same order in memory.
  package func makeView(of variable: Variable, _ shape: Shape) -> Variable {
    let view = Variable(
      shape: shape, value: variable.value, requiresGradient: variable.requiresGradient)
    variables.append(view)
    return view
  }

  /// Memory of an operation's own that lives as long as the recording.
  package func allocate(_ count: Int) -> FloatSlice { arena.allocate(count) }

  /// Records an operation, runs it, and returns its output.
  package func record(_ operation: some Operation) -> Tensor {
    operations.append(operation)
    if let carrier = operation as? any StatefulOperation { stateful.append(carrier) }
    if runsOnRecord { operation.forward(on: self) }
    return Tensor(variable: operation.output, tape: self)
  }

  /// Calls `body` with memory that is taken back afterwards; its contents are unspecified at first.
  package func withScratch<Result>(_ count: Int, _ body: (FloatSlice) -> Result) -> Result {
    let mark = scratch.mark
    defer { scratch.mark = mark }
    return body(scratch.allocate(count))
  }
}

// MARK: - Differentiation

extension Tape {
  /// Runs the pullbacks of everything that `loss` depends on, latest first.
  func backward(from loss: Variable) {
    precondition(
      loss.shape.count == 1, "backward starts from a single number, not from \(loss.shape)")
    precondition(loss.requiresGradient, "backward starts from a value that depends on no parameter")
    for variable in variables { variable.hasGradient = false }
    contribute(to: loss) { gradient in gradient[0] = 1 }
    for index in operations.indices.reversed() where operations[index].output.hasGradient {
      operations[index].pullback(on: self)
    }
  }

  /// Lets `body` write a contribution to the gradient of `variable`; the first is stored, later ones are added.
  ///
  /// `body` must write every element. Nothing happens for a variable that needs no gradient.
  ///
  /// - Parameters:
  ///   - variable: Whose gradient it is.
  ///   - isRectified: Whether what `body` writes is zero wherever the variable's value is ≤ 0.
  ///   - body: Writes the contribution.
  package func contribute(
    to variable: Variable, isRectified: Bool = false, _ body: (FloatSlice) -> Void
  ) {
    guard variable.requiresGradient else { return }
    let gradient = gradientMemory(of: variable)
    guard variable.hasGradient else {
      return contribute(in: gradient, to: variable, isRectified: isRectified, body)
    }
    variable.gradientIsRectified = variable.gradientIsRectified && isRectified
    withScratch(gradient.count) { addend in
      body(addend)
      parallel(gradient.count, work: gradient.count) { range in
        let sum = gradient[range]
        kernels.add(sum, sum, addend[range])
      }
    }
  }

  /// Lets `body` write a contribution over `dy`, the gradient of an operation's output, which nothing reads any more: that becomes the
  /// gradient of `variable` if it has none yet and the tape need not keep `dy`.
  ///
  /// `body` gets either `dy` itself or other memory, and must write every element either way. If `dy` is also another variable's
  /// gradient, it gets other memory.
  package func contribute(
    to variable: Variable, over dy: FloatSlice, unless isShared: Bool = false,
    _ body: (FloatSlice) -> Void
  ) {
    guard !isShared, mayBorrow(variable, dy) else { return contribute(to: variable, body) }
    contribute(in: borrow(variable, dy), to: variable, isRectified: false, body)
  }

  /// Makes `dy`, the gradient of an operation's output, the gradient of its two inputs as well, if they have none yet and the tape need
  /// not keep `dy`.
  ///
  /// The operation that made `first` must pull back next: it may not change the gradient, and those that do come later.
  ///
  /// - Returns: Whether it did.
  package func share(_ dy: FloatSlice, _ first: Variable, _ second: Variable) -> Bool {
    guard mayBorrow(first, dy), mayBorrow(second, dy) else {
      first.sharesGradient = false
      return false
    }
    for variable in [first, second] {
      contribute(in: borrow(variable, dy), to: variable, isRectified: false) { _ in }
    }
    first.sharesGradient = true
    return true
  }

  /// Whether `dy` may become the gradient of `variable`.
  private func mayBorrow(_ variable: Variable, _ dy: FloatSlice) -> Bool {
    let isFree = variable.gradient == nil || variable.borrowsGradient
    return !keepsGradients && isFree && variable.requiresGradient && !variable.hasGradient
      && variable.shape.count == dy.count
  }

  private func borrow(_ variable: Variable, _ dy: FloatSlice) -> FloatSlice {
    variable.gradient = dy
    variable.borrowsGradient = true
    return dy
  }

  /// Lets `body` write the contributions of samples one by one; later contributions are added while they are in the cache.
  ///
  /// - Parameters:
  ///   - variable: Whose gradient it is; its first axis counts samples.
  ///   - work: About the number of float operations of all samples.
  ///   - body: Writes every element of the contribution of `sample` to `dx`. Calls with one `place` do not overlap in time, and
  ///     places are numbers of samples too.
  package func contributeSamples(
    to variable: Variable, work: Int,
    _ body: (_ sample: Int, _ place: Int, _ dx: FloatSlice) -> Void
  ) {
    guard variable.requiresGradient else { return }
    let count = variable.shape[0]
    let size = variable.shape.sample.count
    let gradient = gradientMemory(of: variable)
    guard variable.hasGradient else {
      return contribute(in: gradient, to: variable, isRectified: false) { gradient in
        parallel(count, work: work) { samples in
          for sample in samples {
            body(sample, samples.lowerBound, gradient.part(sample, of: size))
          }
        }
      }
    }
    variable.gradientIsRectified = false
    withScratch(gradient.count) { addends in
      parallel(count, work: work) { samples in
        let addend = addends.part(samples.lowerBound, of: size)
        for sample in samples {
          body(sample, samples.lowerBound, addend)
          let sum = gradient.part(sample, of: size)
          kernels.add(sum, sum, addend)
        }
      }
    }
  }

  /// Stores the first contribution to a gradient.
  private func contribute(
    in gradient: FloatSlice, to variable: Variable, isRectified: Bool, _ body: (FloatSlice) -> Void
  ) {
    body(gradient)
    variable.hasGradient = true
    variable.gradientIsRectified = isRectified
  }

  /// The gradient's own memory; what another pass over the recording has borrowed is left alone.
  private func gradientMemory(of variable: Variable) -> FloatSlice {
    if let gradient = variable.gradient, !variable.borrowsGradient || variable.hasGradient {
      return gradient
    }
    let gradient = arena.allocate(variable.shape.count)
    variable.gradient = gradient
    variable.borrowsGradient = false
    return gradient
  }
}
