/// Why the gate does not let a file through.
public enum HDF5Refusal: Hashable, Sendable {
  case softLink
  case externalLink
  case userDefinedLink
  /// The data stands in another file.
  case externalStorage
  /// The data is put together from other files.
  case virtualDataset
  /// A filter, by its number, that is not deflate, shuffle or fletcher32.
  case filter(Int)
  /// Neither a group nor a dataset.
  case objectKind
  /// Elements that are no numbers, enumerations or text of fixed length.
  case elementType
  case rank(Int)
  /// The product of the dimensions exceeds what an integer holds.
  case dimensions
  /// More bytes declared than allowed.
  case declaredSize(Int)
  /// Far more bytes declared than stored.
  case sparse(declared: Int, stored: Int)
  /// A chunk larger than allowed, in bytes.
  case chunkSize(Int)
  case objectCount
  case attributeCount
  case depth
}

extension HDF5Refusal: CustomStringConvertible {
  public var description: String {
    switch self {
    case .softLink: "it is a soft link"
    case .externalLink: "it is a link into another file"
    case .userDefinedLink: "it is a link of a kind defined by a program"
    case .externalStorage: "it takes its data from another file (external storage)"
    case .virtualDataset: "it takes its data from other files (virtual dataset)"
    case .filter(let number): "its data went through filter \(number)"
    case .objectKind: "it is neither a group nor a dataset"
    case .elementType: "its elements are neither numbers nor text of fixed length"
    case .rank(let rank): "it has \(rank) dimensions"
    case .dimensions: "its dimensions are too large to multiply"
    case .declaredSize(let bytes): "it declares \(bytes) bytes"
    case .sparse(let declared, let stored): "it declares \(declared) bytes and stores \(stored)"
    case .chunkSize(let bytes): "it has chunks of \(bytes) bytes"
    case .objectCount: "the file has too many objects"
    case .attributeCount: "it has too many attributes"
    case .depth: "its groups are nested too deeply"
    }
  }
}
