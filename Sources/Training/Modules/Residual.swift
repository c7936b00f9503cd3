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
  public func callAsFunction(_ x: Tensor) -> Tensor { sum(x, relu: false) }

  /// The sum, which applies the body's last batch normalization on its way.
  private func sum(_ x: Tensor, relu: Bool) -> Tensor {
    switch body.withoutLastNormalization(x) {
    case .tensor(let a): relu ? addRelu(a, projection(x)) : a + projection(x)
    case .normalized(let a): add(a, projection(x), relu: relu)
    }
  }
}

extension Residual: ReLUFusing {
  func followedByReLU(_ x: Tensor) -> Tensor { sum(x, relu: true) }
}
