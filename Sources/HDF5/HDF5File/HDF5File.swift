internal import CHDF5

/// An open HDF5 file, closed exactly once.
///
/// A file that is created has bytes that depend on nothing but what is written and the library's
/// version: no times, a fixed format version, fixed cache sizes. A file that is read has passed the
/// gate (``HDF5Limits``) before anything else is done with it.
public struct HDF5File: ~Copyable {
  /// Where the file is.
  public let path: String

  private let file: Identifier

  /// Creates a file, replacing any file already there.
  ///
  /// - Throws: ``HDF5Error`` with the code `createFile`.
  public init(creating path: String) throws(HDF5Error) {
    let creation = try CreationProperties.file(path)
    let access = try AccessProperties.file(path, isWritten: true)
    let file = try Identifier(.createFile, path) {
      // SAFETY: the path is terminated and read during the call only.
      unsafe H5Fcreate(path, chdf5_truncate(), creation.raw, access.raw)
    }
    self.path = path
    self.file = file
  }

  /// Opens a file for reading and checks all of its structure.
  ///
  /// - Parameters:
  ///   - path: A file that may come from anywhere.
  ///   - limits: What the gate lets through.
  /// - Throws: ``HDF5Error`` with the code `openFile` or `refused`.
  /// - Complexity: O(*n*) in the number of objects; no data is read.
  public init(reading path: String, limits: HDF5Limits = HDF5Limits()) throws(HDF5Error) {
    let access = try AccessProperties.file(path, isWritten: false)
    let file = try Identifier(.openFile, path) {
      // SAFETY: the path is terminated and read during the call only.
      unsafe H5Fopen(path, chdf5_read_only(), access.raw)
    }
    try Gate.check(try HDF5Group(rootOf: file, path), limits)
    self.path = path
    self.file = file
  }

  /// The group that holds all others.
  public func root() throws(HDF5Error) -> HDF5Group {
    try HDF5Group(rootOf: file, path)
  }

  /// Writes what is still in memory and closes the file.
  ///
  /// Groups and datasets of the file must be gone by then: the library keeps a file open as long as
  /// one of them is.
  ///
  /// - Throws: ``HDF5Error`` with the code `writeFile`.
  public consuming func close() throws(HDF5Error) {
    try settle()
    try file.close(.writeFile, path)
  }

  /// Writes what is still in memory and cuts the file to its final size.
  ///
  /// A flush gives up what is allocated and not used before it writes; what it allocates itself is
  /// given up by the next one. So the file is flushed until its size stays the same. Closing would
  /// cut it too, but cannot be asked again when a signal interrupts it.
  package func settle() throws(HDF5Error) {
    let raw = file.raw
    var size: hsize_t = 0
    for _ in 0..<Self.maximumFlushes {
      let before = size
      _ = try HDF5Library.call(.writeFile, path) {
        guard H5Fflush(raw, H5F_SCOPE_GLOBAL) >= 0 else { return -1 as herr_t }
        // SAFETY: one number to write to.
        return unsafe H5Fget_filesize(raw, &size)
      }
      if size == before { return }
    }
  }

  /// How often a file is flushed that is about to be closed; three times are enough for those seen.
  private static var maximumFlushes: Int { 8 }
}
