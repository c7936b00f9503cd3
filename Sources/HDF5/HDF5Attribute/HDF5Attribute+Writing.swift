internal import CHDF5

extension HDF5Attribute {
  /// Adds an attribute to an object.
  static func write(
    _ value: HDF5Attribute, _ attribute: String, of owner: borrowing Identifier, _ ownerName: String
  ) throws(HDF5Error) {
    let target = Target(attribute: attribute, owner: owner.raw, name: "\(ownerName)@\(attribute)")
    switch value {
    case .string(let text): try target.write([text], isScalar: true)
    case .strings(let texts): try target.write(texts, isScalar: false)
    case .integer(let number): try target.write([Int64(number)], isScalar: true)
    case .integers(let numbers): try target.write(numbers.map { Int64($0) }, isScalar: false)
    case .float(let number): try target.write([number], isScalar: true)
    case .floats(let numbers): try target.write(numbers, isScalar: false)
    case .double(let number): try target.write([number], isScalar: true)
    case .doubles(let numbers): try target.write(numbers, isScalar: false)
    }
  }

  /// Where an attribute goes.
  private struct Target {
    let attribute: String
    let owner: hid_t
    let name: String

    /// Writes texts, each padded with zeros to the longest.
    func write(_ texts: [String], isScalar: Bool) throws(HDF5Error) {
      let length = max(1, texts.map { $0.utf8.count }.max() ?? 1)
      let bytes = texts.flatMap {
        Array($0.utf8) + [UInt8](repeating: 0, count: length - $0.utf8.count)
      }
      let type = try Identifier(.writeAttribute, name) {
        let type = H5Tcopy(chdf5_c_string())
        guard type >= 0, H5Tset_size(type, length) >= 0, H5Tset_cset(type, H5T_CSET_UTF8) >= 0,
          H5Tset_strpad(type, H5T_STR_NULLPAD) >= 0
        else { return -1 }
        return type
      }
      try write(bytes, count: texts.count, isScalar, fileType: type.raw, memoryType: type.raw)
    }

    /// Writes numbers.
    func write<Element: HDF5Element>(_ values: [Element], isScalar: Bool) throws(HDF5Error) {
      try write(
        values, count: values.count, isScalar, fileType: HDF5Library.ask { Element.fileType },
        memoryType: HDF5Library.ask { Element.memoryType })
    }

    private func write<Element: BitwiseCopyable>(
      _ values: [Element], count: Int, _ isScalar: Bool, fileType: hid_t, memoryType: hid_t
    ) throws(HDF5Error) {
      let dimensions = [hsize_t(count)]
      let space = try Identifier(.writeAttribute, name) {
        // SAFETY: one dimension is named and one is there.
        unsafe isScalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, dimensions, nil)
      }
      let id = try Identifier(.writeAttribute, name) {
        // SAFETY: the name is terminated and read during the call only.
        unsafe H5Acreate2(
          owner, attribute, fileType, space.raw, chdf5_default(), chdf5_default())
      }
      let raw = id.raw
      _ = try HDF5Library.call(.writeAttribute, name) {
        // SAFETY: the array holds `count` elements of the memory type.
        unsafe values.withUnsafeBytes { unsafe H5Awrite(raw, memoryType, $0.baseAddress) }
      }
      try id.close(.writeAttribute, name)
    }
  }
}
