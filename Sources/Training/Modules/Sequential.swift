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

  /// Applies the modules in order.
  ///
  /// A relu behind a linear layer, a convolution, a batch normalization or a residual block is computed with it; a batch
  /// normalization before a convolution with padding, or at the end of a residual block's body, where it is read.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    var x = x
    var index = 0
    while index < modules.count { x = apply(&index, x) }
    return x
  }

  /// Applies the modules in order, but leaves the scale and shift of a batch normalization at their end to the reader.
  func withoutLastNormalization(_ x: Tensor) -> Output {
    guard let last = modules.last as? BatchNorm else { return .tensor(self(x)) }
    var x = x
    var index = 0
    while index < modules.count - 1 { x = apply(&index, x) }
    return .normalized(last.unapplied(x, relu: false))
  }

  /// What comes out of a chain.
  enum Output {
    case tensor(Tensor)
    case normalized(NormalizedTensor)
  }
}

// MARK: - Fusing neighbours

extension Sequential {
  /// Applies the module at `index`, and those behind it that are computed with it, and moves `index` behind them.
  private func apply(_ index: inout Int, _ x: Tensor) -> Tensor {
    let module = modules[index]
    index += 1
    if let normalization = module as? BatchNorm {
      let relu = isReLU(index)
      let next = relu ? index + 1 : index
      if next < modules.count, let convolution = modules[next] as? Conv2d,
        convolution.appliesNormalization
      {
        index = next + 1
        let normalized = normalization.unapplied(x, relu: relu)
        return convolution(normalized, relu: takeReLU(&index))
      }
    }
    guard let fusing = module as? any ReLUFusing, takeReLU(&index) else { return module(x) }
    return fusing.followedByReLU(x)
  }

  private func isReLU(_ index: Int) -> Bool { index < modules.count && modules[index] is ReLU }

  /// Moves behind the relu at `index`, if there is one.
  private func takeReLU(_ index: inout Int) -> Bool {
    guard isReLU(index) else { return false }
    index += 1
    return true
  }
}
