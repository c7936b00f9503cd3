internal import Yams

/// The one document of a text as libyaml reads it.
final class YAMLDocument {
  /// The root, or `nil` for a text without a node.
  let root: Node?

  /// Owns the anchors that the nodes refer to weakly.
  private let parser: Parser?

  /// - Throws: ``SpecError`` with what libyaml finds wrong.
  init(_ text: MaskedText, source: Int, sources: Sources) throws(SpecError) {
    do {
      // The basic resolver guesses no types, and the named encoding keeps the environment out of it.
      let parser = try Parser(yaml: text.text, resolver: .basic, encoding: .utf8)
      root = try parser.singleRoot()
      self.parser = parser
    } catch let error as YamlError {
      throw SyntaxMistake(error, source: source, sources: sources).error(in: sources)
    } catch {
      throw SpecError("the YAML cannot be read", at: nil, in: sources)
    }
  }
}
