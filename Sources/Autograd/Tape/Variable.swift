package import KernelInterface

/// A value that operations read and write, with room for its gradient.
///
/// Leaves are inputs and ``Parameter``s; the others are outputs of operations on a ``Tape``.
public class Variable {
  /// The logical shape.
  package let shape: Shape
  /// The value; rank-4 tensors are stored in the order N, H, W, C.
  package internal(set) var value: FloatSlice
  /// The gradient's memory, once there is any.
  ///
  /// The pullback of the operation that made this variable may overwrite it.
  package internal(set) var gradient: FloatSlice?
  /// Whether `gradient` is memory that an operation has handed on, see ``Tape/contribute(to:over:_:)``.
  package internal(set) var borrowsGradient = false
  /// Whether another variable has its gradient in the same memory: then the pullback may not overwrite it, see ``Tape/share(_:_:_:)``.
  package internal(set) var sharesGradient = false
  /// Whether `gradient` holds a contribution of the current backward pass.
  package internal(set) var hasGradient = false
  /// Whether the value comes out of a relu that the operation has fused: its pullback zeroes the gradient where the value is ≤ 0.
  package internal(set) var isRectified = false
  /// Whether all contributions of the current backward pass have those zeros already.
  package internal(set) var gradientIsRectified = false
  /// Whether a pullback has to contribute to this variable.
  package let requiresGradient: Bool

  init(shape: Shape, value: FloatSlice, requiresGradient: Bool) {
    self.shape = shape
    self.value = value
    self.requiresGradient = requiresGradient
  }
}
