public import Autograd

/// A part of a model: a function of tensors with parameters of its own.
///
/// Laws: the same input on the same tape gives the same bits; `parameters` is always the same list in the same order.
public protocol Module {
  /// The parameters and buffers, in the order in which they are saved.
  var parameters: [Parameter] { get }
  /// Applies the module to a batch and records what it did.
  func callAsFunction(_ x: Tensor) -> Tensor
}

extension Module {
  /// None.
  public var parameters: [Parameter] { [] }
}

/// A module that can compute a relu behind it in the same pass, with the same bits.
protocol ReLUFusing: Module {
  /// Applies the module and then relu.
  func followedByReLU(_ x: Tensor) -> Tensor
}
