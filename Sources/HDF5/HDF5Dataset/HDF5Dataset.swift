internal import CHDF5

/// An open dataset, closed exactly once: rows of elements, the first dimension counting the rows.
public struct HDF5Dataset: ~Copyable {
  /// The path inside the file.
  public let name: String

  /// The dimensions; empty for a single value.
  public let shape: [Int]

  /// What the elements are.
  public let elementType: HDF5ElementType

  /// How many rows stand in a chunk; 0 for a dataset without chunks.
  public let chunkRowCount: Int

  let dataset: Identifier

  init(
    name: String, shape: [Int], elementType: HDF5ElementType, chunkRowCount: Int,
    dataset: consuming Identifier
  ) {
    self.name = name
    self.shape = shape
    self.elementType = elementType
    self.chunkRowCount = chunkRowCount
    self.dataset = dataset
  }

  /// The number of rows.
  public var rowCount: Int { shape.first ?? 1 }

  /// The number of elements in a row.
  public var rowElementCount: Int { shape.dropFirst().reduce(1, *) }

  /// Closes the dataset, reporting a failure that `deinit` could only drop.
  public consuming func close() throws(HDF5Error) {
    try dataset.close(.writeDataset, name)
  }
}

extension HDF5Group {
  /// Opens a dataset of this group.
  ///
  /// - Throws: ``HDF5Error`` with the code `openObject`.
  public func dataset(_ member: String) throws(HDF5Error) -> HDF5Dataset {
    let path = path(of: member)
    let access = try AccessProperties.dataset(path)
    let group = group.raw
    let dataset = try Identifier(.openObject, path) {
      // SAFETY: the name is terminated and read during the call only.
      unsafe H5Dopen2(group, member, access.raw)
    }
    let raw = dataset.raw
    let type = try Identifier(.openObject, path) { H5Dget_type(raw) }
    let shape = try DatasetShape(of: dataset, path)
    guard let dimensions = shape.dimensions else {
      throw HDF5Error(.refused(.dimensions), name: path)
    }
    return HDF5Dataset(
      name: path, shape: dimensions, elementType: HDF5ElementType(of: type.raw),
      chunkRowCount: Int(clamping: shape.chunk?.first ?? 0), dataset: dataset)
  }

  /// Creates a dataset in this group, all of which must be written.
  ///
  /// - Parameters:
  ///   - member: Its name.
  ///   - shape: Its dimensions; the first may be 0, the others must not.
  ///   - type: The elements' type, little-endian in the file.
  ///   - chunkRowCount: How many rows stand in a chunk; the last one may hold fewer.
  /// - Throws: ``HDF5Error`` with the code `createObject`.
  public func createDataset(
    _ member: String, shape: [Int], of type: (some HDF5Element).Type, chunkRowCount: Int
  ) throws(HDF5Error) -> HDF5Dataset {
    precondition(!shape.isEmpty && shape[0] >= 0 && shape.dropFirst().allSatisfy { $0 > 0 })
    precondition(chunkRowCount > 0)
    let path = path(of: member)
    let rows = min(chunkRowCount, shape[0])
    let creation = try CreationProperties.dataset(
      path, chunk: rows == 0 ? nil : [rows] + shape.dropFirst())
    let access = try AccessProperties.dataset(path)
    let dimensions = shape.map { hsize_t($0) }
    let space = try Identifier(.createObject, path) {
      // SAFETY: the array has as many dimensions as are named.
      unsafe H5Screate_simple(Int32(dimensions.count), dimensions, nil)
    }
    let group = group.raw
    let dataset = try Identifier(.createObject, path) {
      // SAFETY: the name is terminated and read during the call only.
      unsafe H5Dcreate2(
        group, member, type.fileType, space.raw, chdf5_default(), creation.raw, access.raw)
    }
    return HDF5Dataset(
      name: path, shape: shape, elementType: type.elementType, chunkRowCount: rows,
      dataset: dataset)
  }
}
