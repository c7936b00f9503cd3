internal import Yams

/// The one document of a text as libyaml reads it.
final class YAMLDocument {
  /// The root, or `nil` for a text without a node.
  let root: Node?

  /// Owns the anchors that the nodes refer to weakly.
  private let parser: Parser

  /// - Throws: ``SpecError`` with what libyaml finds wrong, and with every key that is set twice.
  convenience init(_ text: MaskedText, source: Int, sources: Sources) throws(SpecError) {
    var text = text
    var twice: [DuplicateKey] = []
    var findings = Findings()
    // Yams throws for the first key that is set twice. Rename it and read again, to find the others.
    while true {
      do {
        let document = try YAMLDocument(text)
        guard twice.isEmpty else {
          for key in twice { key.report(in: document.root, source, sources, &findings) }
          throw SpecError(findings, in: sources)
        }
        self.init(document)
        return
      } catch let error as SpecError {
        throw error
      } catch {
        if let key = Self.key(error, text), twice.count < DuplicateKey.most(in: text) {
          twice.append(key)
          key.rename(in: &text, number: twice.count)
          continue
        }
        if let key = Self.key(error, text) { twice.append(key) }
        for key in twice { key.report(in: nil, source, sources, &findings) }
        Self.mistake(error, source, sources)?.add(to: &findings)
        throw SpecError(findings, in: sources)
      }
    }
  }

  private init(_ text: MaskedText) throws {
    // The basic resolver guesses no types, and the named encoding keeps the environment out of it.
    parser = try Parser(yaml: text.text, resolver: .basic, encoding: .utf8)
    root = try parser.singleRoot()
  }

  private init(_ other: YAMLDocument) {
    root = other.root
    parser = other.parser
  }

  private static func key(_ error: any Error, _ text: MaskedText) -> DuplicateKey? {
    guard case .duplicatedKeysInMapping(let names, let context)? = error as? YamlError else {
      return nil
    }
    let name = names.first ?? ""
    return DuplicateKey(name: name, shown: text.restored(name), mark: context.mark)
  }

  /// An error of Yams in words; `nil` for a key that is set twice.
  private static func mistake(
    _ error: any Error, _ source: Int, _ sources: Sources
  ) -> SyntaxMistake? {
    guard let error = error as? YamlError else {
      return SyntaxMistake(.no, source: source, text: sources.texts[source])
    }
    if case .duplicatedKeysInMapping = error { return nil }
    return SyntaxMistake(error, source: source, text: sources.texts[source])
  }
}

/// A key that stands twice in one map, by its first place.
private struct DuplicateKey {
  /// The name as libyaml saw it, and as it was written.
  let name: String
  let shown: String
  let mark: Mark

  /// How often a text may be read again: a quarter of a MiB in all.
  static func most(in text: MaskedText) -> Int {
    min(SpecLimits.diagnostics, SpecLimits.bytes / 4 / max(text.text.utf8.count, 1))
  }

  /// Gives the first of the two keys a name of its own, column for column.
  func rename(in text: inout MaskedText, number: Int) {
    // Plane 16 is private; nobody's keys are there, and if they were, one mistake would be missed.
    guard let scalar = Unicode.Scalar(0x10_0000 + UInt32(number)) else { return }
    text.replaceInKey(line: mark.line, column: mark.column, by: scalar)
  }

  /// Reports the second place, or the first where the second is not known.
  func report(in root: Node?, _ source: Int, _ sources: Sources, _ findings: inout Findings) {
    let text = sources.texts[source]
    let first = SyntaxMistake.place(mark, source, text)
    if let second = root.flatMap(second) {
      findings.add(
        "`\(shown)` is set twice in one map; keep one of them",
        at: SyntaxMistake.place(second, source, text),
        notes: ["the first one stands in line \(first.line)"])
    } else {
      findings.add("`\(shown)` is set twice in one map; keep one of them", at: first)
    }
  }

  /// The place of the key with the same name in the map that has a key at `mark`.
  private func second(in node: Node) -> Mark? {
    switch node {
    case .mapping(let mapping):
      let isHere = mapping.keys.contains { key in
        key.mark.map { $0.line == mark.line && $0.column == mark.column } ?? false
      }
      if isHere { return mapping.keys.first { $0.scalar?.string == name }?.mark }
      return mapping.lazy.compactMap { second(in: $0.value) }.first
    case .sequence(let sequence): return sequence.lazy.compactMap(second).first
    default: return nil
    }
  }
}
