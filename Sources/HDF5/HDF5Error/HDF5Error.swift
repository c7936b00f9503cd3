/// A failure of an HDF5 file.
public struct HDF5Error: Error, Hashable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    case createFile
    /// Absent, unreadable, or not an HDF5 file.
    case openFile
    case writeFile
    case createObject
    /// There is no such object, or one of another kind.
    case openObject
    case writeDataset
    case readDataset
    case writeAttribute
    /// There is no such attribute, or one of another type.
    case readAttribute
    /// The elements have another type than the caller reads.
    case elementType
    /// The rows asked for are not there.
    case outOfBounds
    /// The gate does not let the file through.
    case refused(HDF5Refusal)
    /// The library could not be set up or answered nonsense.
    case library
  }

  /// What went wrong.
  public let code: Code

  /// The file, or the object inside it.
  public let name: String

  /// The library's error stack in one line, innermost first; empty when it said nothing.
  public let details: String

  init(_ code: Code, name: String, details: String = "") {
    self.code = code
    self.name = name
    self.details = details
  }
}

extension HDF5Error: CustomStringConvertible {
  public var description: String {
    switch code {
    case .createFile: "\(name): the HDF5 file could not be created; is the folder writable?"
    case .openFile: "\(name): not a readable HDF5 file; it may be missing or truncated"
    case .writeFile: "\(name): the HDF5 file could not be written to the end; is the disk full?"
    case .createObject: "\(name): the HDF5 object could not be created"
    case .openObject: "\(name): the HDF5 file has no such group or dataset"
    case .writeDataset: "\(name): the HDF5 dataset could not be written; is the disk full?"
    case .readDataset: "\(name): the HDF5 dataset could not be read; the file may be damaged"
    case .writeAttribute: "\(name): the HDF5 attribute could not be written"
    case .readAttribute: "\(name): the HDF5 attribute is missing or of another type"
    case .elementType: "\(name): the HDF5 dataset holds elements of another type"
    case .outOfBounds: "\(name): the HDF5 dataset has no such rows"
    case .refused(let refusal): "\(name): \(refusal); not allowed in a file that is read here"
    case .library: "\(name): the HDF5 library did not answer as it should"
    }
  }
}
