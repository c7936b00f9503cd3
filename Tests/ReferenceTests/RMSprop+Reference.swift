import ReferenceInterpreter
import Training

extension RMSprop: ReferencedOptimizer {
  var reference: ReferenceOptimizer {
    .rootMeanSquare(alpha: alpha, epsilon: epsilon, share: momentum, decay: weightDecay)
  }

  static func draw(_ random: inout SplitMix) -> Self {
    var drawn = Self(
      learningRate: 0.01, momentum: random.once(in: 2) ? 0 : 0.9,
      weightDecay: random.once(in: 2) ? 0 : 0.01)
    drawn.alpha = random.once(in: 2) ? 0.99 : 0.9
    return drawn
  }
}
