/// The values of a YAML text, without YAML's type guessing: for data that a stage wrote.
///
/// Read as specs are, within the same limits of size, depth and number of nodes; aliases are followed,
/// tags are refused.
public indirect enum PlainYAML: Sendable, Hashable {
  /// A text as it was written; empty for nothing, `~` and `null`.
  case text(String)
  case list([PlainYAML])
  /// In the order of the text.
  case map([Entry])

  /// One entry of a map.
  public struct Entry: Sendable, Hashable {
    public var key: String
    public var value: PlainYAML
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: Its name for messages.
  /// - Returns: The value, or `nil` for an empty text.
  /// - Throws: ``SpecError`` with the place of every mistake.
  /// - Complexity: O(*n*) in the size of the text, with at most ``SpecLimits/nodes`` values.
  public static func value(of bytes: [UInt8], file: String) throws(SpecError) -> PlainYAML? {
    let sources = Sources(try SourceText(decoding: bytes, name: file))
    return try NodeComposer.compose(sources).map(PlainYAML.init)
  }

  private init(_ node: SpecNode) {
    switch node.kind {
    case .scalar(let text, _): self = .text(node.isNull ? "" : text)
    case .sequence(let elements): self = .list(elements.map(PlainYAML.init))
    case .mapping(let pairs):
      self = .map(pairs.map { Entry(key: $0.key, value: PlainYAML($0.value)) })
    case .broken: self = .text("")
    }
  }
}
