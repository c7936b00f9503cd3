internal import CHDF5

/// Judges one dataset: where its data is, how it was filtered, and how much of it there is.
struct DatasetGate {
  let limits: HDF5Limits

  /// Checks a member of a group that is known to be a dataset.
  func check(_ member: String, of group: borrowing HDF5Group) throws(HDF5Error) {
    let path = group.path(of: member)
    let access = try AccessProperties.dataset(path)
    let rawGroup = group.group.raw
    let dataset = try Identifier(.openObject, path) {
      // SAFETY: the name is terminated and read during the call only.
      unsafe H5Dopen2(rawGroup, member, access.raw)
    }
    let raw = dataset.raw
    let creation = try Identifier(.openObject, path) { H5Dget_create_plist(raw) }
    try checkStorage(creation, path)
    try checkFilters(creation, path)
    let type = try Identifier(.openObject, path) { H5Dget_type(raw) }
    try checkElements(type, path)
    let rawType = type.raw
    try checkSize(dataset, elementSize: HDF5Library.ask { H5Tget_size(rawType) }, path)
  }

  /// The data must stand in this file.
  private func checkStorage(_ creation: borrowing Identifier, _ path: String) throws(HDF5Error) {
    let raw = creation.raw
    let layout = HDF5Library.ask { H5Pget_layout(raw) }
    guard layout != H5D_VIRTUAL else { throw HDF5Error(.refused(.virtualDataset), name: path) }
    guard layout == H5D_COMPACT || layout == H5D_CONTIGUOUS || layout == H5D_CHUNKED else {
      throw HDF5Error(.refused(.objectKind), name: path)
    }
    let files = try HDF5Library.call(.openObject, path) { H5Pget_external_count(raw) }
    guard files == 0 else { throw HDF5Error(.refused(.externalStorage), name: path) }
  }

  /// Only deflate, shuffle and fletcher32.
  private func checkFilters(_ creation: borrowing Identifier, _ path: String) throws(HDF5Error) {
    let raw = creation.raw
    let count = try HDF5Library.call(.openObject, path) { H5Pget_nfilters(raw) }
    for index in 0..<UInt32(count) {
      var (flags, config): (UInt32, UInt32) = (0, 0)
      var valueCount = 0
      let filter = try HDF5Library.call(.openObject, path) {
        // SAFETY: integers to write to; no values and no name are asked for.
        unsafe H5Pget_filter2(raw, index, &flags, &valueCount, nil, 0, nil, &config)
      }
      guard [H5Z_FILTER_DEFLATE, H5Z_FILTER_SHUFFLE, H5Z_FILTER_FLETCHER32].contains(filter)
      else { throw HDF5Error(.refused(.filter(Int(filter))), name: path) }
    }
  }

  /// Only elements without pointers to elsewhere.
  private func checkElements(_ type: borrowing Identifier, _ path: String) throws(HDF5Error) {
    let raw = type.raw
    let elements = HDF5Library.ask { H5Tget_class(raw) }
    let isText = elements == H5T_STRING
    let isVariable =
      isText ? try HDF5Library.call(.openObject, path) { H5Tis_variable_str(raw) } > 0 : false
    let isPlain = elements == H5T_INTEGER || elements == H5T_FLOAT || elements == H5T_ENUM
    guard isPlain || (isText && !isVariable) else {
      throw HDF5Error(.refused(.elementType), name: path)
    }
  }

  /// The declared size must be bounded, and in proportion to what is stored.
  private func checkSize(
    _ dataset: borrowing Identifier, elementSize: Int, _ path: String
  ) throws(HDF5Error) {
    let shape = try DatasetShape(of: dataset, path)
    guard shape.declared.count <= limits.rank else {
      throw HDF5Error(.refused(.rank(shape.declared.count)), name: path)
    }
    guard !shape.isNull else { return }
    guard let declared = Self.product(shape.declared, elementSize),
      let chunk = Self.product(shape.chunk ?? [], elementSize)
    else { throw HDF5Error(.refused(.dimensions), name: path) }
    guard declared <= limits.declaredByteCount else {
      throw HDF5Error(.refused(.declaredSize(declared)), name: path)
    }
    guard chunk <= limits.chunkByteCount else {
      throw HDF5Error(.refused(.chunkSize(chunk)), name: path)
    }
    let raw = dataset.raw
    let stored = Int(clamping: HDF5Library.ask { H5Dget_storage_size(raw) })
    let allowed = stored.multipliedReportingOverflow(by: limits.expansion)
    guard allowed.overflow || declared <= allowed.partialValue else {
      throw HDF5Error(.refused(.sparse(declared: declared, stored: stored)), name: path)
    }
  }

  /// The bytes of `dimensions`, or `nil` if they are too many to count.
  static func product(_ dimensions: [UInt64], _ elementSize: Int) -> Int? {
    var product = elementSize
    for dimension in dimensions {
      guard let dimension = Int(exactly: dimension) else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      guard !overflow else { return nil }
      product = next
    }
    return product
  }
}
