package import KernelInterface

/// The class labels of a batch, which a loss reads.
public final class Labels {
  package let storage: WordStorage

  /// Copies labels.
  public init(_ labels: [UInt32]) { storage = WordStorage(labels) }

  /// Room for `count` labels that are written later.
  package init(count: Int) { storage = WordStorage(count: count) }

  /// The number of labels.
  public var count: Int { storage.count }

  /// One label.
  public subscript(index: Int) -> UInt32 {
    get { storage[index] }
    set { storage[index] = newValue }
  }
}
