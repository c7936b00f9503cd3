public import Autograd

/// `body(x) + projection(x)`, or `body(x) + x`.
public struct Residual: Module {
  private let body: Sequential
  private let projection: Sequential

  /// Creates a block; an empty projection passes its input on.
  public init(body: Sequential, projection: Sequential = Sequential()) {
    self.body = body
    self.projection = projection
  }

  /// Those of the body, then those of the projection.
  public var parameters: [Parameter] { body.parameters + projection.parameters }

  /// Applies the block.
  public func callAsFunction(_ x: Tensor) -> Tensor { body(x) + projection(x) }
}

extension Residual: ReLUFusing {
  func followedByReLU(_ x: Tensor) -> Tensor { addRelu(body(x), projection(x)) }
}
