public import Autograd

/// Samples with class labels that the trainer draws batches from.
///
/// Laws: `count`, `inputShape` and `classCount` never change; the same indices always give the same bits; ``gather`` may
/// be called from several threads at once.
public protocol SampleSource: Sendable {
  /// The number of samples.
  var count: Int { get }
  /// The shape of one sample, without the batch axis: C×H×W or one axis.
  var inputShape: Shape { get }
  /// The number of classes; every label is below it.
  var classCount: Int { get }

  /// Writes samples and labels in the order of `indices`.
  ///
  /// - Parameters:
  ///   - indices: Which samples; each in 0 ..< `count`.
  ///   - inputs: Room for `indices.count · inputShape.count` values, sample after sample, each in the order C, H, W.
  ///   - labels: Room for `indices.count` labels.
  /// - Throws: Whatever stands behind the source; the trainer passes it on unchanged.
  func gather(
    _ indices: Span<UInt32>, inputs: inout MutableSpan<Float>, labels: inout MutableSpan<UInt32>
  ) throws
}
