internal import YAML

/// Turns a text into nodes: reads it event by event and follows aliases itself.
///
/// Before libyaml sees the text, every `*` is replaced by a character that the text does not hold, and
/// plain scalars that begin with that character are taken as aliases. So an unquoted text that begins
/// with `*` is one mistake among others, not the end of the reading. The expansions of aliases are
/// counted, not walked.
struct NodeComposer {
  private let source: Int
  private let sources: Sources

  /// The text that libyaml sees, and its reader.
  private let masked: MaskedText
  private let reader: YAMLReader

  /// The mistakes met; with any of them the tree has gaps.
  private var findings = Findings()

  /// The latest node of each anchor.
  private var anchors: [String: SpecNode] = [:]

  /// The entries that merge keys have copied.
  private var merged = 0

  /// Whether the size has been reported.
  private var isOverLimit = false

  private init(
    _ masked: MaskedText, _ reader: YAMLReader, source: Int, sources: Sources
  ) {
    self.source = source
    self.sources = sources
    self.masked = masked
    self.reader = reader
  }

  /// Composes the text with the index `source`.
  ///
  /// Where a `text` is given it is read in place of that text: the same, with spaces for what is not
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
    var root: SpecNode?
    var findings = Findings()
    do throws(YAMLError) {
      let reader = try YAMLReader(masked.text, depth: SpecLimits.depth)
      var composer = NodeComposer(masked, reader, source: source, sources: sources)
      defer { findings = composer.findings }
      if let first = try reader.next() {
        root = try composer.node(first, depth: 1)
        // What follows the root is the end of the text, or a mistake.
        _ = try reader.next()
      }
    } catch {
      SyntaxMistake(error, source: source, text: sources.texts[source]).add(to: &findings)
    }
    guard findings.isEmpty else { throw SpecError(findings, in: sources) }
    return root
  }

  private mutating func report(
    _ message: String, at place: Place?, hint: String? = nil, notes: [String] = []
  ) {
    findings.add(message, at: place, hint: hint, notes: notes)
  }
}

// MARK: Nodes

extension NodeComposer {
  private mutating func node(
    _ event: YAMLEvent, depth: Int
  ) throws(YAMLError) -> SpecNode {
    let (place, hasTag) = place(of: event)
    var result: SpecNode
    switch event.kind {
    case .scalar(let text, let isPlain):
      if !hasTag, let name = aliasName(event) {
        return alias(name, event, at: place, depth: depth)
      }
      result = SpecNode(scalar: masked.restored(text), isPlain: isPlain, at: place)
    case .sequenceStart:
      var elements: [SpecNode] = []
      while let next = try reader.next(), next.kind != .end {
        elements.append(try node(next, depth: depth + 1))
      }
      result = limited(SpecNode(sequence: elements, at: place))
    case .mappingStart: result = limited(try mapping(at: place, depth: depth))
    case .alias, .end:
      // libyaml sees no alias; the code that begins a list or a map also reads its end.
      result = SpecNode(brokenAt: place)
    }
    if hasTag {
      report(SyntaxMistake.tagSentence, at: place)
      result = SpecNode(brokenAt: place)
    }
    if let anchor = event.anchor { anchors[anchor] = result }
    return result
  }

  private mutating func mapping(at place: Place, depth: Int) throws(YAMLError) -> SpecNode {
    var pairs: [SpecNode.Pair] = []
    var merges: [(Place, SpecNode)] = []
    var lines: [String: Int] = [:]
    while let next = try reader.next(), next.kind != .end {
      let keyNode = try node(next, depth: depth + 1)
      guard let valueEvent = try reader.next() else { break }
      let value = try node(valueEvent, depth: depth + 1)
      guard let key = name(keyNode, event: next), let keyPlace = keyNode.place else { continue }
      if let line = lines[key] {
        report(
          "`\(key)` is set twice in one map; keep one of them", at: keyPlace,
          notes: ["it is first set in line \(line)"])
        continue
      }
      lines[key] = keyPlace.line
      if key == "<<", case .scalar(_, isPlain: true) = keyNode.kind {
        merges.append((keyPlace, value))
      } else {
        pairs.append(.init(key: key, keyPlace: keyPlace, value: value))
      }
    }
    if !merges.isEmpty {
      var known = Set(pairs.map(\.key))
      for (keyPlace, value) in merges { merge(value, into: &pairs, known: &known, at: keyPlace) }
    }
    return SpecNode(mapping: pairs, at: place)
  }

  /// The name of a setting that a key gives; `nil` if it gives none, which is reported.
  private mutating func name(_ key: SpecNode, event: YAMLEvent) -> String? {
    let isAlias = aliasName(event) != nil
    switch key.kind {
    case .broken: return nil
    case .scalar(let text, let isPlain) where !isAlias && !(isPlain && text.isEmpty): return text
    default:
      report(
        isAlias
          ? "an alias cannot be the name of a setting" : "the name of a setting must be a text",
        at: place(of: event).place)
      return nil
    }
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
    _ name: String, _ event: YAMLEvent, at place: Place, depth: Int
  ) -> SpecNode {
    guard Self.isAnchorName(name) else {
      report(
        "a text that begins with `*` must be quoted", at: place,
        notes: ["without quotes, `*name` refers to the value marked `&name` before"])
      return SpecNode(brokenAt: place)
    }
    guard event.anchor == nil else {
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
  private func aliasName(_ event: YAMLEvent) -> String? {
    guard case .scalar(let text, isPlain: true) = event.kind,
      text.unicodeScalars.first == masked.star
    else { return nil }
    return masked.restored(String(text.unicodeScalars.dropFirst()))
  }

  /// Where a node begins after its anchor, and whether it has a tag.
  private func place(of event: YAMLEvent) -> (place: Place, hasTag: Bool) {
    let text = sources.texts[source]
    let mark = text.clamped(line: event.mark.line, column: event.mark.column)
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
