internal import CHDF5

extension HDF5Dataset {
  /// Reads consecutive rows into the caller's memory.
  ///
  /// - Parameters:
  ///   - rows: Which rows; inside the dataset.
  ///   - values: Room for the rows' elements; what is left over is not touched.
  /// - Throws: ``HDF5Error`` with the code `elementType`, `outOfBounds` or `readDataset`.
  public func read<Element: HDF5Element>(
    rows: Range<Int>, into values: inout MutableSpan<Element>
  ) throws(HDF5Error) {
    guard elementType.converts(to: Element.elementType) else {
      throw HDF5Error(.elementType, name: name)
    }
    guard rows.lowerBound >= 0, rows.upperBound <= rowCount else {
      throw HDF5Error(.outOfBounds, name: name)
    }
    let elementCount = rows.count * rowElementCount
    precondition(values.count >= elementCount)
    guard elementCount > 0 else { return }
    let raw = dataset.raw
    let fileSpace = try selection(of: rows)
    // As many dimensions as the file has: with others the library goes element by element.
    let count = [hsize_t(rows.count)] + shape.dropFirst().map { hsize_t($0) }
    let memorySpace = try Identifier(.readDataset, name) {
      // SAFETY: as many dimensions are named as are there.
      unsafe H5Screate_simple(Int32(count.count), count, nil)
    }
    try unsafe values.withUnsafeMutableBufferPointer { buffer throws(HDF5Error) in
      _ = try HDF5Library.call(.readDataset, name) {
        // SAFETY: the buffer has room for all elements of the selection in the memory type.
        unsafe H5Dread(
          raw, Element.memoryType, memorySpace.raw, fileSpace.raw, chdf5_default(),
          buffer.baseAddress)
      }
    }
  }

  /// Reads consecutive rows.
  public func read<Element: HDF5Element>(
    rows: Range<Int>, as _: Element.Type = Element.self
  ) throws(HDF5Error) -> [Element] {
    guard rows.lowerBound >= 0, rows.upperBound <= rowCount else {
      throw HDF5Error(.outOfBounds, name: name)
    }
    var values = [Element](repeating: 0, count: rows.count * rowElementCount)
    var span = values.mutableSpan
    try read(rows: rows, into: &span)
    return values
  }

  /// Reads everything.
  public func read<Element: HDF5Element>(
    as type: Element.Type = Element.self
  ) throws(HDF5Error) -> [Element] {
    try read(rows: 0..<rowCount, as: type)
  }

  /// The place of rows in the file.
  private func selection(of rows: Range<Int>) throws(HDF5Error) -> Identifier {
    let raw = dataset.raw
    let space = try Identifier(.readDataset, name) { H5Dget_space(raw) }
    guard !shape.isEmpty else { return space }
    let start = [hsize_t(rows.lowerBound)] + shape.dropFirst().map { _ in 0 }
    let count = [hsize_t(rows.count)] + shape.dropFirst().map { hsize_t($0) }
    let rawSpace = space.raw
    // SAFETY: both arrays have one number a dimension.
    _ = try HDF5Library.call(.readDataset, name) {
      unsafe H5Sselect_hyperslab(rawSpace, H5S_SELECT_SET, start, nil, count, nil)
    }
    return space
  }
}
