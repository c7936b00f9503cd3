internal import KernelInterface
internal import Autograd

/// What a step measures of its gradients beside their common norm.
struct GradientObservation: OptionSet {
  let rawValue: Int

  /// The norm of each.
  static let norms = GradientObservation(rawValue: 1)
  /// The norm and the histogram of each.
  static let statistics = GradientObservation(rawValue: 2)
}

extension Trainer {
  /// From how many steps one measures the norm of each gradient: a sample that costs next to nothing.
  public static var gradientNormInterval: Int { 16 }

  /// The weights as they are, parameter by parameter in the model's order; buffers are left out.
  ///
  /// - Parameter state: What ``exportState()`` has just returned, where there is one: it holds the weights in the order that is
  ///   measured, which takes longer to make than to measure.
  /// - Returns: One for each parameter.
  /// - Complexity: O(*n*) in the parameters.
  public func weightStatistics(in state: TrainingState? = nil) -> [ParameterStatistics] {
    let known = Dictionary(
      (state?.model ?? []).map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    return optimizer.arena.parameters.map {
      ParameterStatistics(
        name: $0.name,
        values: ValueStatistics(of: known[$0.name] ?? $0.values, kernels: template.kernels))
    }
  }

  /// The gradients as they are: between the backward pass of a step and its update.
  func gradientStatistics() -> [ParameterStatistics] {
    optimizer.arena.parameters.map {
      ParameterStatistics(
        name: $0.name, values: ValueStatistics(of: $0.gradients, kernels: template.kernels))
    }
  }

  /// The norms of the gradients as they are, each in its arena's order like the norm of all.
  func gradientNorms() -> [Float] {
    let arena = optimizer.arena
    return zip(arena.parameters, arena.offsets).map { parameter, offset in
      let slice = arena.gradients.slice(offset..<offset + parameter.value.count)
      return ValueStatistics.norm(of: slice, template.kernels)
    }
  }
}
