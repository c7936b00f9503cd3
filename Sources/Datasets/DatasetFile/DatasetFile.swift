internal import HDF5

/// A dataset that the prepare step wrote, opened for training or evaluation.
///
/// Not to be shared between threads; the splits it loads are values and may be.
public struct DatasetFile: ~Copyable {
  /// What the attribute `format` says.
  static let format = "pipeline.dataset"

  /// What the attribute `format_version` says.
  static let formatVersion = 1

  /// Where the file is.
  public let path: String

  /// What the file says about all of its samples.
  public let description: DatasetDescription

  let file: HDF5File

  /// Opens a file and reads its description; no sample is read.
  ///
  /// - Throws: ``DatasetError`` with the code `hdf5` or `notADataset`.
  public init(_ path: String) throws(DatasetError) {
    let file = try Self.open(path)
    let description = try DatasetDescription(of: file, path)
    self.path = path
    self.description = description
    self.file = file
  }

  private static func open(_ path: String) throws(DatasetError) -> HDF5File {
    do throws(HDF5Error) {
      return try HDF5File(reading: path)
    } catch {
      throw DatasetError(.hdf5(error), source: path)
    }
  }

  /// The names of the classes, in the order of labels.
  public var classNames: [String] { description.classNames }
}
