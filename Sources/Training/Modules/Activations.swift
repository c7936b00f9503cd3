public import Autograd

/// Any activation as a module.
public struct ActivationModule: Module {
  /// The function.
  public let activation: Activation

  /// Creates the module of a function.
  public init(_ activation: Activation) { self.activation = activation }

  /// Applies the function to every element.
  public func callAsFunction(_ x: Tensor) -> Tensor { activate(x, activation) }
}

/// `x < 0 ? 0 : x` for every element; fused with a linear layer or convolution before it.
public struct ReLU: Module {
  /// Creates the module.
  public init() {}
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { relu(x) }
}

/// The hyperbolic tangent of every element.
public struct Tanh: Module {
  /// Creates the module.
  public init() {}
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { tanh(x) }
}

/// The logistic function of every element.
public struct Sigmoid: Module {
  /// Creates the module.
  public init() {}
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { sigmoid(x) }
}

/// The Gaussian error linear unit of every element.
public struct GELU: Module {
  /// Creates the module.
  public init() {}
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { gelu(x) }
}

/// Softmax over the features.
public struct Softmax: Module {
  /// Creates the module.
  public init() {}
  /// Applies it.
  public func callAsFunction(_ x: Tensor) -> Tensor { softmax(x) }
}
