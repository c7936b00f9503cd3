internal import Autograd
package import KernelInterface
public import Settings

/// A kind of optimizer: its settings, and one step of it.
///
/// Constants are computed in Double and rounded once to Float (Numerics rule 12).
public protocol OptimizerKind: Described, Hashable {
  /// The base learning rate, which a schedule scales.
  var learningRate: Double { get set }

  /// The names of the state that is kept for each parameter, as PyTorch calls it.
  var slots: [String] { get }

  /// Changes a part of the parameters.
  ///
  /// - Parameters:
  ///   - part: Parameters, gradients and state; any part of an arena, on any thread.
  ///   - learningRate: The rate of this step.
  ///   - step: The number of the step, from 1.
  func update(_ part: ParameterPart, learningRate: Double, step: Int)
}

/// A part of an arena: parameters with their gradients and their state, element by element.
public struct ParameterPart {
  package let kernels: any KernelFunctions
  package let values: FloatSlice
  package let gradients: FloatSlice
  private let range: Range<Int>
  private let slots: [FloatStorage]

  init(
    _ range: Range<Int>, of arena: ParameterArena, slots: [FloatStorage],
    kernels: any KernelFunctions
  ) {
    self.range = range
    self.slots = slots
    self.kernels = kernels
    values = arena.values.slice(range)
    gradients = arena.gradients.slice(range)
  }

  /// The number of elements.
  public var count: Int { range.count }

  /// The state under the name that stands at `index` in the list of slots.
  package func slot(_ index: Int) -> FloatSlice { slots[index].slice(range) }
}

extension Optimizer {
  /// All kinds of optimizers.
  public static let kinds = Vocabulary(
    "optimizer",
    [
      SGD.self,
      Adam.self,
      AdamW.self,
      RMSprop.self,
    ] as [any OptimizerKind.Type], describe: { (kind: any OptimizerKind) in kind })
}
