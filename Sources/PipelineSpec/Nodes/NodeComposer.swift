internal import Yams

/// Turns a text into nodes: reads it by libyaml and follows aliases itself.
///
/// Before libyaml sees the text, every `*` is replaced by a character that the text does not hold. So
/// libyaml meets no alias, builds a tree no larger than the text, and nothing in it can walk an
/// expansion (a mapping's check for duplicate keys would). Aliases are recognised afterwards: plain
/// scalars that begin with that character. Their expansions are counted, not walked.
struct NodeComposer {
  private let source: Int
  private let sources: Sources

  /// The mistakes met; with any of them the tree has gaps.
  private(set) var findings = Findings()

  /// The text that libyaml saw.
  private let masked: MaskedText

  /// The latest node of each anchor.
  private var anchors: [String: SpecNode] = [:]

  /// The entries that merge keys have copied.
  private var merged = 0

  /// Whether the size has been complained about.
  private var isOverLimit = false

  private init(source: Int, sources: Sources, masked: MaskedText) {
    self.source = source
    self.sources = sources
    self.masked = masked
  }

  /// Composes the text with the index `source`.
  ///
  /// Where a `text` is given it is read in place of that text: the same, with blanks for what is no
  /// YAML.
  ///
  /// - Returns: The root, or `nil` for a text without a node.
  /// - Throws: ``SpecError`` with all mistakes of the YAML itself.
  static func compose(
    _ sources: Sources, source: Int = 0, reading text: SourceText? = nil
  ) throws(SpecError) -> SpecNode? {
    let text = (text ?? sources.texts[source]).text
    guard let star = MaskedText.unusedCharacter(in: text) else {
      throw SpecError("the text uses every private character of Unicode", at: nil, in: sources)
    }
    let masked = MaskedText(text, star: star)
    let document = try YAMLDocument(masked, source: source, sources: sources)
    var composer = NodeComposer(source: source, sources: sources, masked: masked)
    let root = document.root.map { composer.node($0, depth: 1) }
    // The anchors of the nodes belong to the parser, which lives as long as the document.
    return try withExtendedLifetime(document) { () throws(SpecError) in
      guard composer.findings.isEmpty else { throw SpecError(composer.findings, in: sources) }
      return root
    }
  }

  private mutating func report(
    _ message: String, at place: Place?, hint: String? = nil, notes: [String] = []
  ) {
    findings.add(message, at: place, hint: hint, notes: notes)
  }
}

// MARK: Nodes

extension NodeComposer {
  private mutating func node(_ node: Node, depth: Int) -> SpecNode {
    let (place, hasTag) = place(of: node)
    if hasTag {
      report(SyntaxMistake.tagSentence, at: place)
      return SpecNode(brokenAt: place)
    }
    let result: SpecNode
    switch node {
    case .scalar(let scalar):
      if let name = aliasName(scalar) { return alias(name, scalar, at: place, depth: depth) }
      result = SpecNode(
        scalar: masked.restored(scalar.string), isPlain: scalar.style == .plain, at: place)
    case .sequence(let sequence):
      guard depth <= SpecLimits.depth else { return tooDeep(at: place) }
      result = limited(
        SpecNode(sequence: sequence.map { self.node($0, depth: depth + 1) }, at: place))
    case .mapping(let mapping):
      guard depth <= SpecLimits.depth else { return tooDeep(at: place) }
      result = limited(self.mapping(mapping, at: place, depth: depth))
    case .alias:
      // libyaml never sees an alias.
      result = SpecNode(brokenAt: place)
    }
    if let anchor = node.anchor { anchors[anchor.rawValue] = result }
    return result
  }

  private mutating func mapping(_ mapping: Node.Mapping, at place: Place, depth: Int) -> SpecNode {
    var pairs: [SpecNode.Pair] = []
    var merges: [(Place, SpecNode)] = []
    for (key, value) in mapping {
      let keyNode = self.node(key, depth: depth + 1)
      let valueNode = self.node(value, depth: depth + 1)
      guard case .scalar(let text, let isPlain) = keyNode.kind, let keyPlace = keyNode.place,
        key.scalar.map({ aliasName($0) == nil }) ?? false, !(isPlain && text.isEmpty)
      else {
        if case .broken = keyNode.kind { continue }
        let isAlias = key.scalar.flatMap(aliasName) != nil
        report(
          isAlias
            ? "an alias cannot be the name of a setting" : "the name of a setting must be a text",
          at: self.place(of: key).place)
        continue
      }
      if text == "<<", isPlain {
        merges.append((keyPlace, valueNode))
      } else {
        pairs.append(.init(key: text, keyPlace: keyPlace, value: valueNode))
      }
    }
    if !merges.isEmpty {
      var known = Set(pairs.map(\.key))
      for (keyPlace, value) in merges { merge(value, into: &pairs, known: &known, at: keyPlace) }
    }
    return SpecNode(mapping: pairs, at: place)
  }

  /// Adds the entries of a map, or of a list of maps, whose names are not `known` yet.
  private mutating func merge(
    _ node: SpecNode, into pairs: inout [SpecNode.Pair], known: inout Set<String>, at place: Place
  ) {
    switch node.kind {
    case .mapping(let others):
      merged += others.count
      guard merged <= SpecLimits.nodes else {
        complainAboutSize(at: place)
        return
      }
      for pair in others where known.insert(pair.key).inserted { pairs.append(pair) }
    case .sequence(let nodes) where nodes.allSatisfy { $0.mappingPairs != nil }:
      for node in nodes { merge(node, into: &pairs, known: &known, at: place) }
    case .broken: break
    default:
      report("`<<` takes an alias of a map, such as `<<: *defaults`", at: place)
    }
  }

  private mutating func alias(
    _ name: String, _ scalar: Node.Scalar, at place: Place, depth: Int
  ) -> SpecNode {
    guard Self.isAnchorName(name) else {
      report(
        "a text that begins with `*` must be quoted", at: place,
        notes: ["without quotes `*name` stands for what was marked `&name` before"])
      return SpecNode(brokenAt: place)
    }
    guard scalar.anchor == nil else {
      report("an alias cannot be marked with `&` itself", at: place)
      return SpecNode(brokenAt: place)
    }
    guard let node = anchors[name] else {
      report(
        "nothing above is marked `&\(name)`", at: place,
        hint: findings.areMany ? nil : Suggestion.hint(for: name, among: anchors.keys.sorted()))
      return SpecNode(brokenAt: place)
    }
    guard depth + node.height - 1 <= SpecLimits.depth else { return tooDeep(at: place) }
    return node
  }
}

// MARK: Limits

extension NodeComposer {
  private mutating func tooDeep(at place: Place) -> SpecNode {
    if !isOverLimit {
      isOverLimit = true
      report(
        "lists and maps are nested more than \(SpecLimits.depth) levels deep", at: place)
    }
    return SpecNode(brokenAt: place)
  }

  private mutating func limited(_ node: SpecNode) -> SpecNode {
    guard node.count > SpecLimits.nodes else { return node }
    complainAboutSize(at: node.place)
    return SpecNode(brokenAt: node.place)
  }

  private mutating func complainAboutSize(at place: Place?) {
    guard !isOverLimit else { return }
    isOverLimit = true
    report(
      "the spec has more than \(SpecLimits.nodes) values, counted after aliases are followed",
      at: place)
  }
}

// MARK: Characters

extension NodeComposer {
  private static func isAnchorName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// What follows the `*` of a plain scalar that begins with one.
  private func aliasName(_ scalar: Node.Scalar) -> String? {
    guard scalar.style == .plain, scalar.string.unicodeScalars.first == masked.star else {
      return nil
    }
    return masked.restored(String(scalar.string.unicodeScalars.dropFirst()))
  }

  /// Where a node begins behind its anchor, and whether a tag stands there.
  private func place(of node: Node) -> (place: Place, hasTag: Bool) {
    let text = sources.texts[source]
    let mark = text.clamped(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    var rest = text.rest(line: mark.line, column: mark.column)
    let end = rest.endIndex
    let start = rest.startIndex
    if rest.first == "&" {
      let behind = rest.drop { $0 != " " && $0 != "\t" }.drop { $0 == " " || $0 == "\t" }
      if let first = behind.first, first != "#" { rest = behind }
    }
    let skipped = (rest.isEmpty ? end : rest.startIndex) - start
    let place = Place(source: source, line: mark.line, column: mark.column + skipped)
    return (place, rest.first == "!")
  }
}

extension SpecNode {
  /// The entries of a mapping.
  var mappingPairs: [Pair]? {
    guard case .mapping(let pairs) = kind else { return nil }
    return pairs
  }
}
