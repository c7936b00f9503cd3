internal import CHDF5

extension HDF5Attribute {
  /// The most bytes that an attribute may have.
  private static let largest = 1 << 20

  /// Whether an object has an attribute.
  static func exists(
    _ attribute: String, of owner: borrowing Identifier, _ ownerName: String
  ) throws(HDF5Error) -> Bool {
    let owner = owner.raw
    // SAFETY: the name is terminated and read during the call only.
    return try HDF5Library.call(.readAttribute, ownerName) {
      unsafe H5Aexists(owner, attribute)
    } > 0
  }

  /// Reads an attribute of an object.
  static func read(
    _ attribute: String, of owner: borrowing Identifier, _ ownerName: String
  ) throws(HDF5Error) -> HDF5Attribute {
    let name = "\(ownerName)@\(attribute)"
    let owner = owner.raw
    let id = try Identifier(.readAttribute, name) {
      // SAFETY: the name is terminated and read during the call only.
      unsafe H5Aopen(owner, attribute, chdf5_default())
    }
    let raw = id.raw
    let type = try Identifier(.readAttribute, name) { H5Aget_type(raw) }
    let space = try Identifier(.readAttribute, name) { H5Aget_space(raw) }
    let rawSpace = space.raw
    let count = try HDF5Library.call(.readAttribute, name) {
      H5Sget_simple_extent_npoints(rawSpace)
    }
    let rank = try HDF5Library.call(.readAttribute, name) { H5Sget_simple_extent_ndims(rawSpace) }
    let rawType = type.raw
    let size = HDF5Library.ask { H5Tget_size(rawType) }
    // A null dataspace has no dimensions and no elements.
    guard rank <= 1, size > 0, count <= Self.largest / size, count > 0 || rank == 1 else {
      throw HDF5Error(.readAttribute, name: name, details: "no text, number or list of them")
    }
    let source = Source(id: raw, type: type.raw, count: Int(count), size: size, name: name)
    let isScalar = rank == 0
    if HDF5Library.ask({ H5Tget_class(rawType) }) == H5T_STRING {
      let texts = try source.texts()
      return isScalar ? .string(texts[0]) : .strings(texts)
    }
    switch HDF5ElementType(of: rawType) {
    case .uint8, .int64, .otherInteger:
      let numbers = try source.numbers(of: Int64.self).map { Int($0) }
      return isScalar ? .integer(numbers[0]) : .integers(numbers)
    case .float32:
      let numbers = try source.numbers(of: Float.self)
      return isScalar ? .float(numbers[0]) : .floats(numbers)
    case .float64:
      let numbers = try source.numbers(of: Double.self)
      return isScalar ? .double(numbers[0]) : .doubles(numbers)
    case .other:
      throw HDF5Error(.readAttribute, name: name, details: "unknown type")
    }
  }

  /// An open attribute.
  private struct Source {
    let id: hid_t
    let type: hid_t
    let count: Int
    let size: Int
    let name: String

    func numbers<Element: HDF5Element>(of _: Element.Type) throws(HDF5Error) -> [Element] {
      var values = [Element](repeating: 0, count: count)
      try read(into: &values, as: HDF5Library.ask { Element.memoryType })
      return values
    }

    func texts() throws(HDF5Error) -> [String] {
      let isVariable = try HDF5Library.call(.readAttribute, name) { H5Tis_variable_str(type) } > 0
      return isVariable ? try variableTexts() : try fixedTexts()
    }

    private func fixedTexts() throws(HDF5Error) -> [String] {
      var bytes = [UInt8](repeating: 0, count: count * size)
      try read(into: &bytes, as: type)
      return (0..<count).map { index in
        let text = bytes[index * size..<(index + 1) * size]
        return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
      }
    }

    private func variableTexts() throws(HDF5Error) -> [String] {
      let space = try Identifier(.readAttribute, name) { H5Aget_space(id) }
      // SAFETY: the library fills in one pointer an element, each nil or to a terminated text that it
      // owns until it is reclaimed, which happens after the texts have been copied.
      var pointers = unsafe [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
      _ = try HDF5Library.call(.readAttribute, name) { unsafe H5Aread(id, type, &pointers) }
      let texts = unsafe pointers.map { unsafe $0.map { unsafe String(cString: $0) } ?? "" }
      _ = try HDF5Library.call(.readAttribute, name) {
        unsafe H5Dvlen_reclaim(type, space.raw, chdf5_default(), &pointers)
      }
      return texts
    }

    private func read<Element: BitwiseCopyable>(
      into values: inout [Element], as memoryType: hid_t
    ) throws(HDF5Error) {
      _ = try HDF5Library.call(.readAttribute, name) {
        // SAFETY: the array has room for all elements in the memory type.
        unsafe values.withUnsafeMutableBytes { unsafe H5Aread(id, memoryType, $0.baseAddress) }
      }
    }
  }
}
