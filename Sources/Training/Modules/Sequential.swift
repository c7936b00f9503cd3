public import Autograd

/// Modules one after another.
public struct Sequential: Module {
  /// The modules, first to last.
  public let modules: [any Module]

  /// Creates a chain of modules.
  public init(_ modules: any Module...) { self.modules = modules }

  /// Creates a chain of modules.
  public init(_ modules: [any Module]) { self.modules = modules }

  /// The parameters of all modules, in order.
  public var parameters: [Parameter] { modules.flatMap(\.parameters) }

  /// Applies the modules in order; a relu behind a linear layer, a convolution, a batch
  /// normalization or a residual block is computed with it.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    var x = x
    var index = 0
    while index < modules.count {
      if let module = modules[index] as? any ReLUFusing, index + 1 < modules.count,
        modules[index + 1] is ReLU
      {
        x = module.followedByReLU(x)
        index += 2
      } else {
        x = modules[index](x)
        index += 1
      }
    }
    return x
  }
}
