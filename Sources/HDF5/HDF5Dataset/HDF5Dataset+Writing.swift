internal import CHDF5

extension HDF5Dataset {
  /// Writes the rows of one chunk.
  ///
  /// The bytes go to the file directly, past the chunk cache, so that the file depends on nothing but
  /// the values. Each chunk must be written, in ascending order; the rest of the last one is zero.
  ///
  /// - Parameters:
  ///   - values: All elements of the rows, of the type that the dataset was created with.
  ///   - firstRow: A multiple of ``chunkRowCount``.
  /// - Precondition: The values fill the chunk, or the rows up to the end.
  /// - Throws: ``HDF5Error`` with the code `writeDataset`.
  public func writeChunk<Element: HDF5Element>(
    _ values: Span<Element>, firstRow: Int
  ) throws(HDF5Error) {
    precondition(Element.elementType == elementType)
    precondition(firstRow >= 0 && firstRow < rowCount && firstRow % chunkRowCount == 0)
    let rows = min(chunkRowCount, rowCount - firstRow)
    precondition(values.count == rows * rowElementCount)
    guard rows == chunkRowCount else {
      var padded: [Element] = []
      padded.reserveCapacity(chunkRowCount * rowElementCount)
      for index in values.indices { padded.append(values[index]) }
      for _ in values.count..<chunkRowCount * rowElementCount { padded.append(0) }
      return try writeWholeChunk(padded.span, firstRow: firstRow)
    }
    try writeWholeChunk(values, firstRow: firstRow)
  }

  private func writeWholeChunk<Element: HDF5Element>(
    _ values: Span<Element>, firstRow: Int
  ) throws(HDF5Error) {
    let raw = dataset.raw
    let offset = [hsize_t(firstRow)] + shape.dropFirst().map { _ in 0 }
    let bytes = MemoryLayout<Element>.stride * values.count
    try unsafe values.withUnsafeBufferPointer { buffer throws(HDF5Error) in
      _ = try HDF5Library.call(.writeDataset, name) {
        // SAFETY: the offset has one number a dimension, and the buffer holds a whole chunk in the
        // byte order of the file, which is that of every machine Swift runs on.
        unsafe H5Dwrite_chunk(raw, chdf5_default(), 0, offset, bytes, buffer.baseAddress)
      }
    }
  }
}
