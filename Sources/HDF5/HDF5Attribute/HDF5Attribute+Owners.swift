extension HDF5Group {
  /// Adds an attribute.
  public func setAttribute(_ attribute: String, _ value: HDF5Attribute) throws(HDF5Error) {
    try HDF5Attribute.write(value, attribute, of: group, name)
  }

  /// Reads an attribute.
  ///
  /// - Throws: ``HDF5Error`` with the code `readAttribute`.
  public func attribute(_ attribute: String) throws(HDF5Error) -> HDF5Attribute {
    try HDF5Attribute.read(attribute, of: group, name)
  }

  /// Whether there is an attribute of that name.
  public func hasAttribute(_ attribute: String) throws(HDF5Error) -> Bool {
    try HDF5Attribute.exists(attribute, of: group, name)
  }
}

extension HDF5Dataset {
  /// Adds an attribute.
  public func setAttribute(_ attribute: String, _ value: HDF5Attribute) throws(HDF5Error) {
    try HDF5Attribute.write(value, attribute, of: dataset, name)
  }

  /// Reads an attribute.
  ///
  /// - Throws: ``HDF5Error`` with the code `readAttribute`.
  public func attribute(_ attribute: String) throws(HDF5Error) -> HDF5Attribute {
    try HDF5Attribute.read(attribute, of: dataset, name)
  }

  /// Whether there is an attribute of that name.
  public func hasAttribute(_ attribute: String) throws(HDF5Error) -> Bool {
    try HDF5Attribute.exists(attribute, of: dataset, name)
  }
}
