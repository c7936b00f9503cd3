internal import KernelInterface

/// A value on a tape: the result of an operation, or an input.
///
/// A tensor is a handle: copies name the same memory. It is valid until its tape is rewound.
public struct Tensor {
  /// The tape that the tensor belongs to.
  public let tape: Tape
  private let unchecked: Variable
  private let generation: Int

  init(variable: Variable, tape: Tape) {
    unchecked = variable
    self.tape = tape
    generation = tape.generation
  }

  /// The memory behind the tensor.
  package var variable: Variable {
    precondition(generation == tape.generation, "a tensor was used after its tape was rewound")
    return unchecked
  }

  /// The logical shape; images are N, C, H, W.
  public var shape: Shape { unchecked.shape }

  /// Whether the tensor depends on a parameter or is marked to receive a gradient.
  public var requiresGradient: Bool { unchecked.requiresGradient }

  /// The elements in logical order.
  ///
  /// - Complexity: O(*n*).
  public var values: [Float] { shape.logicalOrder(variable.value.array) }

  /// The gradient in logical order; zeros when nothing contributed to it in the last backward pass.
  ///
  /// - Complexity: O(*n*).
  public var gradient: [Float] {
    guard variable.hasGradient, let gradient = variable.gradient else {
      return Array(repeating: 0, count: shape.count)
    }
    return shape.logicalOrder(gradient.array)
  }

  /// The single element of a scalar.
  public var item: Float {
    precondition(shape.count == 1, "a tensor of shape \(shape) is not a single number")
    return variable.value[0]
  }

  /// Computes the gradients of everything that this scalar depends on.
  ///
  /// The gradients of parameters add to what is there until ``Parameter/zeroGradient()``; those of tensors begin anew.
  public func backward() { tape.backward(from: variable) }

  /// Writes new elements, in logical order, into an input.
  public func assign(_ elements: [Float]) {
    precondition(elements.count == shape.count, "\(elements.count) elements for shape \(shape)")
    variable.value.assign(shape.storageOrder(elements))
  }
}

extension Tape {
  /// An input with the given elements in logical order.
  ///
  /// - Parameters:
  ///   - elements: As many elements as the shape has.
  ///   - shape: The logical shape.
  ///   - requiresGradient: Whether ``Tensor/gradient`` is wanted.
  /// - Returns: The input.
  public func tensor(
    _ elements: [Float], shape: Shape, requiresGradient: Bool = false
  ) -> Tensor {
    let tensor = input(shape: shape, requiresGradient: requiresGradient)
    tensor.assign(elements)
    return tensor
  }

  /// An input whose elements are written later.
  package func input(shape: Shape, requiresGradient: Bool = false) -> Tensor {
    Tensor(variable: makeVariable(shape, requiresGradient: requiresGradient), tape: self)
  }
}
