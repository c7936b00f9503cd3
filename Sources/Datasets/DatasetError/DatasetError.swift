public import Compression
public import HDF5

/// A failure to read, prepare or load a dataset.
public struct DatasetError: Error, Hashable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// The file is missing, cannot be read, or is damaged gzip.
    case unreadable(CompressionError)
    /// The file is shorter than its header.
    case noHeader
    /// The file does not begin with two zero bytes.
    case badMagic
    /// An element type that the format does not have.
    case elementType(UInt8)
    /// More dimensions than 4, or none.
    case rank(Int)
    case emptyDimension
    /// The dimensions' product is beyond 8 GiB or beyond what an integer holds.
    case tooLarge
    /// The header declares another size than is there.
    case truncated(declared: Int, found: Int)
    /// The header declares more than a file of this size can hold, even compressed.
    case impossible(declared: Int)
    case trailingBytes(declared: Int)
    /// Images of fewer than 2 or more than 4 dimensions.
    case imageRank(Int)
    /// Labels that are no integers, or not one a sample.
    case labelFormat
    case countMismatch(images: Int, labels: Int)
    case label(Int, sample: Int, classCount: Int)
    case nonFinite(sample: Int)
    /// Not the binary version of CIFAR-10.
    case notCIFAR
    /// Training and test samples differ in shape or element type.
    case shapeMismatch
    /// The validation split leaves nothing to train with, or cannot be taken.
    case split
    /// The normalization names neither one value nor one a channel, or has no finite factors.
    case normalization
    /// The number of class names is not the number of classes.
    case classNames
    case hdf5(HDF5Error)
    /// The HDF5 file is not one that `prepare` wrote.
    case notADataset
  }

  /// What went wrong.
  public let code: Code

  /// The file, or what it is for.
  public let source: String

  /// More evidence, empty when there is none.
  public let details: String

  init(_ code: Code, source: String, details: String = "") {
    self.code = code
    self.source = source
    self.details = details
  }
}

extension DatasetError: CustomStringConvertible {
  public var description: String {
    let note = details.isEmpty ? "" : " (\(details))"
    return switch code {
    case .unreadable(let error): "\(source): \(error)"
    case .noHeader: "\(source): too short for an IDX header; is the file complete?"
    case .badMagic:
      "\(source): not an IDX file. "
        + "Your own program can convert it to IDX: Documentation/OwnData.md"
    case .elementType(let byte): "\(source): IDX has no element type \(byte)"
    case .rank(let rank): "\(source): \(rank) dimensions; IDX files with 1 to 4 are read"
    case .emptyDimension: "\(source): one of the dimensions is 0"
    case .tooLarge: "\(source): the dimensions declare more than 8 GiB; refused"
    case .truncated(let declared, let found):
      "\(source): the header declares \(declared) bytes, the file has \(found); fetch it again"
    case .impossible(let declared):
      "\(source): the header declares \(declared) bytes, far more than the file can hold; "
        + "fetch it again"
    case .trailingBytes(let declared):
      "\(source): holds more than the \(declared) bytes that its header declares; refused"
    case .imageRank(let rank): "\(source): images need 2 to 4 dimensions, not \(rank)"
    case .labelFormat: "\(source): labels must be one integer a sample"
    case .countMismatch(let images, let labels):
      "\(source): \(images) images but \(labels) labels; do the files belong together?"
    case .label(let label, let sample, let classCount):
      "\(source): sample \(sample) has the label \(label), outside 0 to \(classCount - 1)"
    case .nonFinite(let sample): "\(source): sample \(sample) holds a value that is not finite"
    case .notCIFAR: "\(source): not a batch of CIFAR-10's binary version\(note)"
    case .shapeMismatch: "\(source): samples of another shape or type than the training samples"
    case .split: "\(source): the validation split cannot be taken from these samples\(note)"
    case .normalization:
      "\(source): the normalization needs one finite mean and one positive deviation a channel, or "
        + "one for all"
    case .classNames: "\(source): the number of class names is not that of the classes\(note)"
    case .hdf5(let error): "\(source): \(error)"
    case .notADataset: "\(source): not a dataset that the prepare step wrote\(note)"
    }
  }
}
