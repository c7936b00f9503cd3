internal import CYAML

/// Reads a text event by event, as libyaml finds them: nothing is built, no alias is followed.
///
///     let reader = try YAMLReader("a: [1, 2]", depth: 32)
///     while let event = try reader.next() { … }
///
/// After an error of syntax, reading on gives that error again.
@safe
package final class YAMLReader {
  /// libyaml's state; it points back at this address, so it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// The text, which libyaml reads where it is.
  private let text: UnsafeMutableBufferPointer<UInt8>

  private let depth: Int
  private var level = 0
  private var documents = 0
  private var hasEnded = false

  /// Prepares for reading the one document of a text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - depth: How deeply lists and maps may be nested.
  /// - Throws: `outOfMemory`.
  package init(_ text: String, depth: Int) throws(YAMLError) {
    self.depth = depth
    let bytes = Array(text.utf8)
    // SAFETY: both allocations are owned by this object alone and freed in `deinit`; the parser is
    // initialized before libyaml sees it.
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    unsafe self.text = .allocate(capacity: bytes.count)
    _ = unsafe self.text.initialize(from: bytes)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      throw YAMLError(problem: .outOfMemory, mark: YAMLMark(line: 1, column: 1))
    }
    // SAFETY: the text lives as long as the parser and does not change.
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, self.text.baseAddress, bytes.count)
  }

  deinit {
    // SAFETY: libyaml accepts a parser that is all zeros, too.
    unsafe yaml_parser_delete(parser)
    unsafe parser.deinitialize(count: 1)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  /// The next event of the document, or `nil` behind the last.
  ///
  /// - Throws: ``YAMLError``.
  package func next() throws(YAMLError) -> YAMLEvent? {
    while !hasEnded {
      var event = unsafe yaml_event_t()
      // SAFETY: libyaml fills the event, whose memory is freed below once its texts are copied. After
      // a failure it gives none.
      guard unsafe yaml_parser_parse(parser, &event) == 1 && event.type != YAML_NO_EVENT
      else { throw failure() }
      defer { unsafe yaml_event_delete(&event) }
      let mark = unsafe YAMLMark(event.start_mark)
      switch unsafe event.type {
      case YAML_STREAM_END_EVENT: hasEnded = true
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        guard documents == 1 else { throw YAMLError(problem: .secondDocument, mark: mark) }
      case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
        level += 1
        guard level <= depth else { throw YAMLError(problem: .tooDeep, mark: mark) }
        return unsafe Self.event(event, at: mark)
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
        level -= 1
        return unsafe Self.event(event, at: mark)
      case YAML_SCALAR_EVENT, YAML_ALIAS_EVENT: return unsafe Self.event(event, at: mark)
      default: break
      }
    }
    return nil
  }

  /// Copies what an event of a node says.
  private static func event(_ event: yaml_event_t, at mark: YAMLMark) -> YAMLEvent {
    // SAFETY: the type of an event tells which member of the union is set; its texts end with zero, a
    // scalar has its length beside it.
    func text(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? {
      unsafe bytes.map { unsafe String(cString: $0) }
    }
    switch unsafe event.type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
      return unsafe YAMLEvent(
        kind: .scalar(String(decoding: bytes, as: UTF8.self), isPlain: isPlain),
        anchor: text(scalar.anchor), mark: mark)
    case YAML_ALIAS_EVENT:
      return unsafe YAMLEvent(
        kind: .alias(text(event.data.alias.anchor) ?? ""), anchor: nil, mark: mark)
    case YAML_SEQUENCE_START_EVENT:
      return unsafe YAMLEvent(
        kind: .sequenceStart, anchor: text(event.data.sequence_start.anchor), mark: mark)
    case YAML_MAPPING_START_EVENT:
      return unsafe YAMLEvent(
        kind: .mappingStart, anchor: text(event.data.mapping_start.anchor), mark: mark)
    default: return YAMLEvent(kind: .end, anchor: nil, mark: mark)
    }
  }

  /// What libyaml says about its failure.
  private func failure() -> YAMLError {
    // SAFETY: libyaml's messages are literals; those that are not set are null.
    let mark = unsafe YAMLMark(parser.pointee.problem_mark)
    guard unsafe parser.pointee.error != YAML_MEMORY_ERROR else {
      return YAMLError(problem: .outOfMemory, mark: mark)
    }
    let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) }
    let start = unsafe context == nil ? nil : YAMLMark(parser.pointee.context_mark)
    let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) }
    return YAMLError(problem: .syntax(problem ?? "", during: context, from: start), mark: mark)
  }
}

extension YAMLMark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}
