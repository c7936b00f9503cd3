public import Autograd

/// An array with a name and PyTorch's shape and order: what a checkpoint stores.
public struct NamedTensor: Hashable, Sendable {
  /// The name: `linear1.weight`, or `exp_avg.linear1.weight` for optimizer state.
  public var name: String
  /// The shape.
  public var shape: Shape
  /// The elements, row after row.
  public var values: [Float]

  /// Creates a named array.
  ///
  /// - Precondition: There are as many values as the shape has elements.
  public init(name: String, shape: Shape, values: [Float]) {
    precondition(
      values.count == shape.count, "\(name) of shape \(shape) with \(values.count) values")
    self.name = name
    self.shape = shape
    self.values = values
  }
}
