public import Settings

/// A format of source files: which files a split is read from, and how.
public protocol DataFormat: Described {
  /// The files of a split, in the order in which they are read.
  var files: [Input] { get }

  /// The names of the classes, where the format itself fixes them.
  static var classNames: [String]? { get }

  /// Reads the samples of a split.
  ///
  /// - Parameter paths: The paths of ``files``, in their order.
  /// - Returns: The samples, not yet normalized.
  /// - Throws: ``DatasetError`` naming the file and what is wrong with it.
  func read(_ paths: [String]) throws(DatasetError) -> ImageSet
}

extension DataFormat {
  public static var classNames: [String]? { nil }
}

/// The formats of source files.
public enum DataFormats {
  /// All formats; each is a record of the files of a split.
  public static let kinds = Vocabulary(
    "format",
    [
      IDXFormat.self,
      CIFAR10Format.self,
    ] as [any DataFormat.Type], describe: { (kind: any DataFormat) in kind })
}
