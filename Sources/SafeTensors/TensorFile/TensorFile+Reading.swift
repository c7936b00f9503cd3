extension TensorFile {
  /// Reads a file that may come from anywhere.
  ///
  /// Checked before anything is allocated: the header's size, at most 100 MB and inside the file. Then
  /// the grammar, that no key occurs twice, that types exist, that shapes can be multiplied, and that
  /// the tensors cover the rest of the file without hole, overlap or remainder.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: ``SafeTensorsError``.
  /// - Complexity: O(*n* log *n*) in the number of tensors, O(*m*) in bytes.
  public init(bytes: [UInt8]) throws(SafeTensorsError) {
    let header = try Header(file: bytes)
    let body = bytes.count - header.bodyOffset
    try header.checkOffsets(bodyByteCount: body)
    metadata = Dictionary(
      header.metadata.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    tensors = header.tensors.sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }.map { tensor in
      let start = header.bodyOffset + tensor.begin
      return NamedTensor(
        name: tensor.name, elementType: tensor.elementType, shape: tensor.shape,
        bytes: Array(bytes[start..<header.bodyOffset + tensor.end]))
    }
  }
}
