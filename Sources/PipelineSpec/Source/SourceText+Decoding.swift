extension SourceText {
  /// Reads the bytes of a file, refusing anything that is not text.
  ///
  /// Accepted are UTF-8 with or without a byte order mark, with line feeds or CRLF.
  ///
  /// - Throws: ``SpecError`` for a file above 1 MiB, another encoding, a byte that is not UTF-8, a lone
  ///   carriage return and characters that YAML forbids.
  init(decoding bytes: [UInt8], name: String) throws(SpecError) {
    func refuse(_ message: String, _ notes: [String] = []) -> SpecError {
      SpecError(
        message, at: Place(source: 0, line: 1, column: 1),
        in: Sources(SourceText(name: name, text: "")), notes: notes)
    }
    guard bytes.count <= SpecLimits.bytes else {
      throw refuse("the file is larger than the limit for a spec, \(SpecLimits.bytes) bytes")
    }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw refuse("the file is written in UTF-16; save it as UTF-8")
    }
    let body = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: body, as: UTF8.self) else {
      throw Self.encodingError(in: body, name: name)
    }
    self.init(name: name, text: text)
    try refuseForbiddenCharacters()
  }

  /// The place of the first byte that is not UTF-8.
  private static func encodingError(in bytes: [UInt8], name: String) -> SpecError {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    search: while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded): offset += encoded.count
      case .error, .emptyInput: break search
      }
    }
    offset = min(offset, bytes.count - 1)
    let lineFeed = UInt8(ascii: "\n")
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
    let lineEnd = bytes[offset...].firstIndex(of: lineFeed) ?? bytes.count
    let line = before.count { $0 == lineFeed } + 1
    let column = String(decoding: bytes[lineStart..<offset], as: UTF8.self).unicodeScalars.count + 1
    // The excerpt needs only the line; lines above it stay empty.
    let shown = String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self)
    let source = SourceText(
      name: name, text: String(repeating: "\n", count: line - 1) + shown)
    let byte = String(bytes[offset], radix: 16)
    return SpecError(
      "the byte 0x\(byte.count < 2 ? "0" : "")\(byte) is not UTF-8; save the file as UTF-8",
      at: Place(source: 0, line: line, column: column), in: Sources(source), width: 1)
  }

  /// Refuses the characters that YAML forbids or that hide a line end.
  func refuseForbiddenCharacters() throws(SpecError) {
    // Almost every file is free of them: check the bytes before the lines.
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0a && $0 != 0x09 || $0 >= 0x7f }) else {
      return
    }
    // Each once, at its first location, since such characters usually occur everywhere in a file.
    var problems: [(problem: String, place: Place, others: Int)] = []
    for number in 1...lineCount {
      for (offset, scalar) in line(number).enumerated() {
        guard let problem = Self.problem(with: scalar) else { continue }
        if let known = problems.firstIndex(where: { $0.problem == problem }) {
          problems[known].others += 1
        } else {
          problems.append((problem, Place(source: 0, line: number, column: offset + 1), 0))
        }
      }
    }
    guard !problems.isEmpty else { return }
    var findings = Findings()
    for (problem, place, others) in problems {
      findings.add(
        problem, at: place, width: 1,
        notes: others == 0
          ? [] : ["\(others) more \(others == 1 ? "place" : "places") like it in the file"])
    }
    throw SpecError(findings, in: Sources(self))
  }

  private static func problem(with scalar: Unicode.Scalar) -> String? {
    let code = "U+" + String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4)
    switch scalar.value {
    case 0x09, 0x20...0x7e: return nil
    case 0x0d: return "a carriage return without a line feed; end lines with LF or CRLF"
    case 0x85, 0x2028, 0x2029:
      return "the invisible line separator \(code); write it as an escape in double quotes"
    case 0xfeff: return "a byte order mark inside the text; delete it"
    case 0..<0x20, 0x7f..<0xa0, 0xfffe, 0xffff:
      return "the control character \(code) is not allowed; write it as an escape in double quotes"
    default: return nil
    }
  }
}

extension String {
  /// The text with zeros before it up to a width.
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(width - count, 0)) + self
  }
}
