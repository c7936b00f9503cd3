import ReferenceInterpreter
import Settings
import Training

/// A loss that the reference has as well; a kind without one fails `VocabularyTests`.
protocol ReferencedLoss: LossKind {
  /// The loss of a batch that is a part of `count` samples.
  func reference(_ output: [Float], labels: [UInt32], columns: Int, count: Int) -> ReferenceLoss

  /// One with settings of its own.
  static func draw(_ random: inout SplitMix) -> Self
}

extension ReferencedLoss {
  static func draw(_ random: inout SplitMix) -> Self {
    examples[random.integer(0...examples.count - 1)]
  }
}

extension Loss {
  /// One of those that the reference has.
  static func draw(_ random: inout SplitMix) -> any ReferencedLoss {
    let all = kinds.kinds.compactMap { $0 as? any ReferencedLoss.Type }
    return all[random.integer(0...all.count - 1)].draw(&random)
  }
}

extension CrossEntropy: ReferencedLoss {
  func reference(
    _ output: [Float], labels: [UInt32], columns: Int, count: Int
  ) -> ReferenceLoss {
    crossEntropy(
      output, labels: labels, columns: columns, smoothing: labelSmoothing, count: count)
  }
}

extension MeanSquaredError: ReferencedLoss {
  func reference(
    _ output: [Float], labels: [UInt32], columns: Int, count: Int
  ) -> ReferenceLoss {
    squaredError(output, labels: labels, columns: columns, count: count)
  }
}
