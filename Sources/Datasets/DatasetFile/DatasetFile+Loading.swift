internal import HDF5

extension DatasetFile {
  /// Loads a split.
  ///
  /// - Returns: The samples; none if the split is empty.
  /// - Throws: ``DatasetError`` with the code `hdf5`, `notADataset`, `countMismatch` or `label`.
  /// - Complexity: O(*n*) in the number of values; at most one chunk is held beside the result.
  public func split(_ name: SplitName) throws(DatasetError) -> DatasetSplit {
    do {
      return try load(name)
    } catch let error as HDF5Error {
      throw DatasetError(.hdf5(error), source: path)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.notADataset, source: path, details: "\(error)")
    }
  }

  private func load(_ name: SplitName) throws -> DatasetSplit {
    let group = try file.root().group(name.rawValue)
    let images = try group.dataset("images")
    let size = images.shape
    let transform = description.transform
    guard size.count == 4, size.dropFirst().allSatisfy({ $0 > 0 }),
      size[1] == transform.scale.count, images.elementType == .float32
    else {
      throw DatasetError(.notADataset, source: path, details: "/\(name.rawValue)/images")
    }
    let shape = ImageShape(channels: size[1], height: size[2], width: size[3])
    let labels: [Int64] = try group.dataset("labels").read()
    let indices: [Int64] = try group.dataset("indices").read()
    guard labels.count == size[0], indices.count == size[0] else {
      throw DatasetError(.countMismatch(images: size[0], labels: labels.count), source: path)
    }
    let classCount = classNames.count
    if let sample = labels.firstIndex(where: { $0 < 0 || $0 >= classCount }) {
      throw DatasetError(
        .label(Int(labels[sample]), sample: sample, classCount: classCount), source: path)
    }
    let restorer = ByteRestorer(transform: transform, shape: shape)
    let values =
      if description.isBytes, let bytes = try restorer.read(images) {
        DatasetSplit.Values.bytes(bytes)
      } else {
        DatasetSplit.Values.floats(try images.read())
      }
    return DatasetSplit(
      name: name, shape: shape, classNames: classNames, labels: labels.map { Int32($0) },
      indices: indices.map { Int($0) }, transform: transform, values: values)
  }
}
