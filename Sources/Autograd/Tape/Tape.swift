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
  /// The instruction set's kernels.
  public let kernels: KernelSet
  /// Whether dropout drops and batch normalization uses the batch's own statistics.
  public var isTraining = true
  /// The step that random streams of dropout are drawn at.
  public var step: UInt32 = 0
  /// The logical shards that a batch is cut into (Numerics rule 2).
  public let shards: Int

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
    self.kernels = kernels
    self.shards = shards
  }

  /// The number of recorded operations.
  public var count: Int { operations.count }

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
      body(gradient)
      variable.hasGradient = true
      variable.gradientIsRectified = isRectified
      return
    }
    variable.gradientIsRectified = variable.gradientIsRectified && isRectified
    withScratch(gradient.count) { addend in
      body(addend)
      parallel(gradient.count, work: gradient.count) { range in
        let sum = gradient[range]
        // SAFETY: both slices hold `gradient.count` elements.
        unsafe kernels.add(sum.base, sum.base, addend[range].base, count: range.count)
      }
    }
  }

  private func gradientMemory(of variable: Variable) -> FloatSlice {
    if let gradient = variable.gradient { return gradient }
    let gradient = arena.allocate(variable.value.count)
    variable.gradient = gradient
    return gradient
  }
}
