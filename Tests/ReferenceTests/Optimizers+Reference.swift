import ReferenceInterpreter
import Settings
import Training

/// An optimizer that the reference has as well; a kind without one fails `VocabularyTests`.
protocol ReferencedOptimizer: OptimizerKind {
  /// The same in the reference.
  var reference: ReferenceOptimizer { get }

  /// One with numbers of its own.
  static func draw(_ random: inout SplitMix) -> Self
}

extension Optimizer {
  /// One of those that the reference has, with numbers of its own.
  static func draw(_ random: inout SplitMix) -> any ReferencedOptimizer {
    let all = kinds.kinds.compactMap { $0 as? any ReferencedOptimizer.Type }
    return all[random.integer(0...all.count - 1)].draw(&random)
  }
}

extension SGD: ReferencedOptimizer {
  var reference: ReferenceOptimizer {
    momentum == 0
      ? .descent(decay: weightDecay)
      : .momentum(share: momentum, dampening: dampening, nesterov: nesterov, decay: weightDecay)
  }

  static func draw(_ random: inout SplitMix) -> Self {
    let share = random.once(in: 3) ? 0 : 0.9
    let isNesterov = share > 0 && random.once(in: 3)
    return Self(
      learningRate: 0.05, momentum: share,
      dampening: isNesterov || random.once(in: 2) ? 0 : Double(random.integer(1...16)) / 16,
      nesterov: isNesterov, weightDecay: random.once(in: 2) ? 0 : 0.01)
  }
}

extension AdamKind {
  fileprivate static func drawMoments(_ random: inout SplitMix) -> Self {
    Self(
      learningRate: 0.01, beta2: random.once(in: 2) ? 0.999 : 0.98,
      weightDecay: random.once(in: 2) ? 0 : 0.01)
  }
}

extension Adam: ReferencedOptimizer {
  var reference: ReferenceOptimizer {
    .adam(beta1: beta1, beta2: beta2, epsilon: epsilon, decay: weightDecay)
  }

  static func draw(_ random: inout SplitMix) -> Self { drawMoments(&random) }
}

extension AdamW: ReferencedOptimizer {
  var reference: ReferenceOptimizer {
    .adamW(beta1: beta1, beta2: beta2, epsilon: epsilon, decay: weightDecay)
  }

  static func draw(_ random: inout SplitMix) -> Self { drawMoments(&random) }
}
