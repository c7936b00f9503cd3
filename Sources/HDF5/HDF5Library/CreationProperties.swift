internal import CHDF5

/// The one place where properties of new objects are made, so that bytes are reproducible.
enum CreationProperties {
  /// Of a file: no times in the root group.
  static func file(_ name: String) throws(HDF5Error) -> Identifier {
    let list = try Identifier(.library, name) { H5Pcreate(chdf5_file_create_class()) }
    let raw = list.raw
    _ = try HDF5Library.call(.library, name) { H5Pset_obj_track_times(raw, false) }
    return list
  }

  /// Of a group: no times.
  static func group(_ name: String) throws(HDF5Error) -> Identifier {
    let list = try Identifier(.library, name) { H5Pcreate(chdf5_group_create_class()) }
    let raw = list.raw
    _ = try HDF5Library.call(.library, name) { H5Pset_obj_track_times(raw, false) }
    return list
  }

  /// Of a dataset: no times, no filter; all space allocated at once, never filled: each chunk must be
  /// written. An empty dataset has no chunks.
  static func dataset(
    _ name: String, chunk: [Int]?
  ) throws(HDF5Error) -> Identifier {
    let list = try Identifier(.library, name) { H5Pcreate(chdf5_dataset_create_class()) }
    let raw = list.raw
    let dimensions = chunk?.map { hsize_t($0) }
    _ = try HDF5Library.call(.library, name) {
      guard H5Pset_obj_track_times(raw, false) >= 0,
        H5Pset_fill_time(raw, H5D_FILL_TIME_NEVER) >= 0,
        H5Pset_alloc_time(raw, H5D_ALLOC_TIME_EARLY) >= 0
      else { return -1 as herr_t }
      guard let dimensions else { return H5Pset_layout(raw, H5D_CONTIGUOUS) }
      // SAFETY: the array has as many dimensions as are named.
      return unsafe H5Pset_chunk(raw, Int32(dimensions.count), dimensions)
    }
    return list
  }
}
