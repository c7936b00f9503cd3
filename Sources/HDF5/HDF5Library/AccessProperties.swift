internal import CHDF5

/// The one place where properties of access are made: nothing is left to defaults or environment.
enum AccessProperties {
  /// Of a file: the driver, the format's version and every size that shapes a file's bytes.
  static func file(_ name: String, isWritten: Bool) throws(HDF5Error) -> Identifier {
    let list = try Identifier(.library, name) { H5Pcreate(chdf5_file_access_class()) }
    let raw = list.raw
    _ = try HDF5Library.call(.library, name) {
      guard H5Pset_fapl_sec2(raw) >= 0,
        H5Pset_cache(raw, 0, 521, 1 << 20, 0.75) >= 0,
        H5Pset_sieve_buf_size(raw, 64 << 10) >= 0,
        H5Pset_meta_block_size(raw, 2048) >= 0,
        H5Pset_small_data_block_size(raw, 2048) >= 0,
        H5Pset_alignment(raw, 1, 1) >= 0,
        chdf5_disable_locking(raw) >= 0
      else { return -1 as herr_t }
      // Version 1.8 of the format has checksums over all structure, and everybody reads it.
      return isWritten ? H5Pset_libver_bounds(raw, H5F_LIBVER_V18, H5F_LIBVER_V18) : 0
    }
    return list
  }

  /// Of a dataset: the chunk cache, and prefixes that lead nowhere for data in other files.
  static func dataset(_ name: String) throws(HDF5Error) -> Identifier {
    let list = try Identifier(.library, name) { H5Pcreate(chdf5_dataset_access_class()) }
    let raw = list.raw
    _ = try HDF5Library.call(.library, name) {
      // SAFETY: the texts are terminated and copied by the library.
      guard H5Pset_chunk_cache(raw, 521, 1 << 20, 0.75) >= 0,
        unsafe H5Pset_efile_prefix(raw, "/nowhere") >= 0
      else { return -1 as herr_t }
      return unsafe H5Pset_virtual_prefix(raw, "/nowhere")
    }
    return list
  }
}
