import ReferenceInterpreter
import Training

extension L1: ReferencedLoss {
  func reference(
    _ output: [Float], labels: [UInt32], columns: Int, count: Int
  ) -> ReferenceLoss {
    absoluteError(output, labels: labels, columns: columns, count: count)
  }
}
