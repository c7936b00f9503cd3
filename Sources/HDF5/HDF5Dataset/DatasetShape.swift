internal import CHDF5

/// The dimensions that a dataset declares, of itself and of its chunks.
struct DatasetShape {
  /// As the file says; possibly absurd.
  let declared: [UInt64]

  /// The chunk's dimensions, if there are chunks.
  let chunk: [UInt64]?

  /// Whether there is a shape at all: a null dataspace has none.
  let isNull: Bool

  /// The dimensions as integers, or `nil` if one does not fit.
  var dimensions: [Int]? {
    let fitting = declared.compactMap { Int(exactly: $0) }
    return fitting.count == declared.count ? fitting : nil
  }

  init(of dataset: borrowing Identifier, _ name: String) throws(HDF5Error) {
    let raw = dataset.raw
    let space = try Identifier(.openObject, name) { H5Dget_space(raw) }
    let rawSpace = space.raw
    isNull = HDF5Library.ask { H5Sget_simple_extent_type(rawSpace) } == H5S_NULL
    let rank = try HDF5Library.call(.openObject, name) { H5Sget_simple_extent_ndims(rawSpace) }
    var dimensions = [hsize_t](repeating: 0, count: Int(rank))
    if rank > 0 {
      // SAFETY: the library writes `rank` dimensions.
      _ = try HDF5Library.call(.openObject, name) {
        unsafe H5Sget_simple_extent_dims(rawSpace, &dimensions, nil)
      }
    }
    declared = dimensions
    let creation = try Identifier(.openObject, name) { H5Dget_create_plist(raw) }
    let list = creation.raw
    guard HDF5Library.ask({ H5Pget_layout(list) }) == H5D_CHUNKED else {
      chunk = nil
      return
    }
    var chunk = [hsize_t](repeating: 0, count: Int(rank))
    // SAFETY: the library writes at most `rank` dimensions.
    _ = try HDF5Library.call(.openObject, name) { unsafe H5Pget_chunk(list, rank, &chunk) }
    self.chunk = chunk
  }
}
