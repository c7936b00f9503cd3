extension TensorFile {
  /// The file's bytes.
  public func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    write { piece in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    return bytes
  }

  /// Hands out the file's bytes, header first, then tensor by tensor.
  ///
  /// The header is padded with spaces so that the tensors begin at a multiple of 64. Wider elements
  /// come first, so each tensor is aligned to its elements; among equals, names ascend bytewise. The
  /// keys of the header ascend bytewise too.
  public func write<Failure: Error>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let ordered = tensors.enumerated().sorted {
      $0.element.elementType.size != $1.element.elementType.size
        ? $0.element.elementType.size > $1.element.elementType.size : $0.offset < $1.offset
    }.map(\.element)
    var entries: [(key: String, text: String)] = []
    var offset = 0
    for tensor in ordered {
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
      let end = offset + tensor.bytes.count
      entries.append(
        (
          tensor.name,
          "{\"data_offsets\":[\(offset),\(end)],\"dtype\":\"\(tensor.elementType.rawValue)\","
            + "\"shape\":[\(shape)]}"
        ))
      offset = end
    }
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
      entries.append((Header.metadataKey, "{\(texts.joined(separator: ","))}"))
    }
    entries.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let members = entries.map { "\(Self.quoted($0.key)):\($0.text)" }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    while (8 + header.count) % 64 != 0 { header.append(UInt8(ascii: " ")) }
    try sink((LittleEndian.bytes([UInt64(header.count)]) + header).span)
    for tensor in ordered { try sink(tensor.bytes.span) }
  }

  /// A text in JSON's form, escaped where it must be.
  private static func quoted(_ text: String) -> String {
    let digits = Array("0123456789abcdef")
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<" ":
        result += "\\u00\(digits[Int(scalar.value >> 4)])\(digits[Int(scalar.value & 15)])"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
