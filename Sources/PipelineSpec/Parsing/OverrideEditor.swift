internal import Settings

/// Applies the overrides of the command line to the tree of the file, using the schema.
struct OverrideEditor {
  let catalog: SchemaCatalog
  private(set) var sources: Sources
  private(set) var findings = Findings()

  /// The current override: its value, and the locations of its parts.
  private var option = Option(path: "", value: "", source: 0)

  private struct Option {
    let path: String
    let value: String
    /// The index of its text.
    let source: Int

    /// The place behind so many characters of the path.
    func place(_ offset: Int) -> Place {
      Place(source: source, line: 1, column: SourceLocation.overridePrefix.count + 1 + offset)
    }

    var valuePlace: Place { place(path.unicodeScalars.count + 1) }
  }

  init(catalog: SchemaCatalog, sources: Sources) {
    self.catalog = catalog
    self.sources = sources
  }

  /// Applies `path=value`, or reports why it cannot be and returns the tree as it was.
  mutating func apply(_ override: String, to root: SpecNode) -> SpecNode {
    let name = SourceLocation.overridePrefix + override
    let source = sources.add(SourceText(name: name, text: name))
    let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      findings.add(
        "an override is written path=value",
        at: Place(source: source, line: 1, column: SourceLocation.overridePrefix.count + 1),
        notes: ["for example --set train.epochs=3"])
      return root
    }
    option = Option(path: String(parts[0]), value: String(parts[1]), source: source)
    guard let pairs = root.mappingPairs else { return root }
    let path = option.path[...]
    if let field = SpecReader.rootFields.first(where: { $0.name == option.path }) {
      guard let value = leaf(field.type) else { return root }
      return SpecNode(
        mapping: Self.setting(field.name, to: value, in: pairs, keyPlace: option.place(0)),
        at: root.place)
    }
    guard let stages = pairs.first(where: { $0.key == "stages" }),
      let stagePairs = stages.value.mappingPairs
    else { return root }
    let names = stagePairs.map(\.key)
    guard let (stage, rest) = take(path, among: names, kind: "stage or setting"),
      let pair = stagePairs.first(where: { $0.key == stage })
    else { return root }
    guard !rest.isEmpty else {
      findings.add(
        "`\(stage)` is a stage; name one of its settings", at: option.place(0),
        notes: ["for example --set \(stage).SETTING=value"])
      return root
    }
    guard let edited = stageNode(pair.value, rest) else { return root }
    let stageMap = SpecNode(
      mapping: Self.setting(stage, to: edited, in: stagePairs, keyPlace: pair.keyPlace),
      at: stages.value.place)
    return SpecNode(
      mapping: Self.setting("stages", to: stageMap, in: pairs, keyPlace: stages.keyPlace),
      at: root.place)
  }

  private mutating func stageNode(_ node: SpecNode, _ path: Substring) -> SpecNode? {
    // A stage without a valid step is reported when the tree is read.
    guard let pairs = node.mappingPairs,
      case .scalar(let kind, _)? = pairs.first(where: { $0.key == "step" })?.value.kind,
      let schema = catalog[kind]
    else { return nil }
    return record(pairs, schema.stageFields, path, at: node.place)
  }
}

// MARK: Descent

extension OverrideEditor {
  /// The node with the rest of the path set in it; `nil` after a finding.
  private mutating func edited(
    _ node: SpecNode?, _ type: FieldType, _ path: Substring
  ) -> SpecNode? {
    guard !path.isEmpty else { return leaf(type) }
    switch catalog.resolved(type) {
    case .record(let fields): return record(node?.mappingPairs ?? [], fields, path, at: node?.place)
    case .choice(let choices): return choice(node, choices, path)
    case .list(let element, _):
      guard case .sequence(var elements)? = node?.kind else { return tooFar(path) }
      let names = elements.indices.map { "\($0)" }
      guard let (name, rest) = take(path, among: names, kind: "element"), let index = Int(name),
        let value = edited(elements[index], element, rest)
      else { return nil }
      elements[index] = value
      return SpecNode(sequence: elements, at: node?.place)
    case .map(_, let element):
      guard let pairs = node?.mappingPairs else { return tooFar(path) }
      guard let (name, rest) = take(path, among: pairs.map(\.key), kind: "entry"),
        let pair = pairs.first(where: { $0.key == name }),
        let value = edited(pair.value, element, rest)
      else { return nil }
      return SpecNode(
        mapping: Self.setting(name, to: value, in: pairs, keyPlace: pair.keyPlace),
        at: node?.place)
    case .union(let types):
      let structured = types.first { accepts($0, path) } ?? types.first { isStructured($0) }
      guard let structured else { return tooFar(path) }
      return edited(node, structured, path)
    default: return tooFar(path)
    }
  }

  private mutating func record(
    _ pairs: [SpecNode.Pair], _ fields: [Field], _ path: Substring, at place: Place?
  ) -> SpecNode? {
    let offset = offset(of: path)
    guard let (name, rest) = take(path, among: fields.map(\.name), kind: "setting"),
      let field = fields.first(where: { $0.name == name })
    else { return nil }
    let old = pairs.first { $0.key == name }?.value
    guard let value = edited(old ?? field.defaultNode, field.type, rest) else { return nil }
    return SpecNode(
      mapping: Self.setting(name, to: value, in: pairs, keyPlace: option.place(offset)),
      at: place ?? option.place(0))
  }

  /// Sets into an alternative; one that was not chosen takes the place of the one that was.
  private mutating func choice(
    _ node: SpecNode?, _ choices: [Choice], _ path: Substring
  ) -> SpecNode? {
    let offset = offset(of: path)
    guard let (name, rest) = take(path, among: choices.map(\.name), kind: "alternative"),
      let choice = choices.first(where: { $0.name == name })
    else { return nil }
    let value: SpecNode?
    if rest.isEmpty {
      value = composed()
    } else {
      value = record(
        node?.settings(of: choice) ?? [], choice.fields, rest, at: option.place(offset))
    }
    return value.map { value in
      SpecNode(
        mapping: [.init(key: name, keyPlace: option.place(offset), value: value)],
        at: node?.place ?? option.place(offset))
    }
  }

  private func accepts(_ type: FieldType, _ path: Substring) -> Bool {
    let names: [String] =
      switch catalog.resolved(type) {
      case .record(let fields): fields.map(\.name)
      case .choice(let choices): choices.map(\.name)
      default: []
      }
    return names.contains { path.behind($0) != nil }
  }

  private func isStructured(_ type: FieldType) -> Bool {
    switch catalog.resolved(type) {
    case .record, .choice, .list, .map: true
    default: false
    }
  }

  /// Splits the longest of `names` off the path, or reports that none fits.
  private mutating func take(
    _ path: Substring, among names: [String], kind: String
  ) -> (name: String, rest: Substring)? {
    let fitting = names.filter { path.behind($0) != nil }.max { $0.count < $1.count }
    if let name = fitting, let rest = path.behind(name) { return (name, rest) }
    let name = String(path.prefix { $0 != "." })
    var notes = names.isEmpty ? [] : ["valid here: \(names.joined(separator: ", "))"]
    if names.count > 100 { notes = [] }
    findings.add(
      "there is no \(kind) `\(name)`", at: option.place(offset(of: path)),
      width: name.unicodeScalars.count, hint: Suggestion.hint(for: name, among: names),
      notes: notes)
    return nil
  }

  private mutating func tooFar(_ path: Substring) -> SpecNode? {
    findings.add(
      "this setting has no settings of its own", at: option.place(offset(of: path)),
      width: path.unicodeScalars.count)
    return nil
  }

  private func offset(of path: Substring) -> Int {
    option.path.unicodeScalars.distance(
      from: option.path.startIndex, to: path.startIndex)
  }

  private static func setting(
    _ key: String, to value: SpecNode, in pairs: [SpecNode.Pair], keyPlace: Place?
  ) -> [SpecNode.Pair] {
    var pairs = pairs
    if let index = pairs.firstIndex(where: { $0.key == key }) {
      pairs[index] = .init(key: key, keyPlace: pairs[index].keyPlace, value: value)
    } else {
      pairs.append(.init(key: key, keyPlace: keyPlace, value: value))
    }
    return pairs
  }
}

// MARK: Values

extension OverrideEditor {
  /// The value of the option as a node for the type: text is taken as it is, structure as YAML.
  private mutating func leaf(_ type: FieldType) -> SpecNode? {
    switch catalog.resolved(type) {
    case .string, .reference, .referenceOrPath:
      SpecNode(scalar: option.value, isPlain: false, at: option.valuePlace)
    case .boolean, .integer, .number:
      SpecNode(scalar: option.value, isPlain: true, at: option.valuePlace)
    default: composed()
    }
  }

  /// The value read as YAML.
  private mutating func composed() -> SpecNode? {
    let width = option.valuePlace.column - 1
    let blank = SourceText(
      name: sources.texts[option.source].name,
      text: String(repeating: " ", count: width) + option.value)
    do throws(SpecError) {
      try blank.refuseForbiddenCharacters()
      return try NodeComposer.compose(sources, source: option.source, reading: blank)
        ?? SpecNode(scalar: "", isPlain: true, at: option.valuePlace)
    } catch {
      for diagnostic in error.diagnostics {
        findings.add(
          diagnostic.message,
          at: diagnostic.location.map {
            Place(source: option.source, line: $0.line, column: $0.column)
          },
          width: diagnostic.width, hint: diagnostic.hint, notes: diagnostic.notes)
      }
      return nil
    }
  }
}

extension SpecNode {
  /// The settings that this node gives to an alternative, if it is the chosen one.
  func settings(of choice: Choice) -> [Pair]? {
    guard let pair = mappingPairs?.first, mappingPairs?.count == 1, pair.key == choice.name else {
      return nil
    }
    if let pairs = pair.value.mappingPairs { return pairs }
    guard let shorthand = choice.shorthand, !pair.value.isNull else { return nil }
    return [.init(key: shorthand, keyPlace: pair.keyPlace, value: pair.value)]
  }
}
