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

  /// Writes samples as an epoch of the training sees them, augmented where the source augments.
  ///
  /// Law: the bits of a sample depend on its index and the epoch only, not on the other indices. By default every epoch
  /// sees the samples as they are.
  ///
  /// - Parameters:
  ///   - indices: Which samples; each in 0 ..< `count`.
  ///   - epoch: The epoch, from 0.
  ///   - inputs: As for the function without an epoch.
  ///   - labels: As for the function without an epoch.
  /// - Throws: Whatever stands behind the source; the trainer passes it on unchanged.
  func gather(
    _ indices: Span<UInt32>, epoch: Int, inputs: inout MutableSpan<Float>,
    labels: inout MutableSpan<UInt32>
  ) throws
}

extension SampleSource {
  /// The samples as they are.
  public func gather(
    _ indices: Span<UInt32>, epoch: Int, inputs: inout MutableSpan<Float>,
    labels: inout MutableSpan<UInt32>
  ) throws {
    try gather(indices, inputs: &inputs, labels: &labels)
  }
}
