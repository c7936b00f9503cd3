/// What the gate lets through when a file is opened for reading.
///
/// Whatever the limits, only hard links, groups, datasets of plain elements, storage inside the file
/// and the filters deflate, shuffle and fletcher32 pass.
public struct HDF5Limits: Hashable, Sendable {
  /// The most links and objects in the file.
  public var objectCount = 4096

  /// The most groups inside each other.
  public var depth = 16

  /// The most dimensions of a dataset.
  public var rank = 8

  /// The most bytes a dataset may declare.
  public var declaredByteCount = 4 << 30

  /// How many times more bytes a dataset may declare than it stores.
  public var expansion = 1000

  /// The most bytes of a chunk, which is what reading it takes.
  public var chunkByteCount = 64 << 20

  /// The most attributes of an object.
  public var attributeCount = 256

  public init() {}
}
