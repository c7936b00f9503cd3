internal import Settings

/// Reads nodes by the schema, collecting every mistake.
struct SpecReader {
  let catalog: SchemaCatalog
  let sources: Sources

  /// The mistakes so far.
  var findings: Findings

  /// The names of all stages in the order of the file, also of those with mistakes.
  var stageNames: [String] = []

  /// The same names.
  var knownStages: Set<String> = []

  /// The fixed outputs of stages whose step is known, for hints.
  var knownOutputs: [String: [String]] = [:]

  /// The fields of the current stage, to find a setting in a wrong place.
  var stageFields: [Field] = []

  /// The named inputs met in the current stage, each with its place.
  var references: [(reference: StageReference, place: Place?)] = []

  init(catalog: SchemaCatalog, sources: Sources, findings: Findings = Findings()) {
    self.catalog = catalog
    self.sources = sources
    self.findings = findings
  }

  /// What is being read: its name in messages, and the location of its name.
  struct Subject {
    /// The name in backquotes, or a phrase such as “element 3 of `model`”.
    let label: String
    /// The place of the key, for values that are missing.
    let place: Place?

    init(_ label: String, at place: Place?) {
      self.label = label
      self.place = place
    }

    /// A setting with this name.
    init(named name: String, at place: Place?) { self.init("`\(name)`", at: place) }
  }

  mutating func report(
    _ message: String, at place: Place?, width: Int? = nil, hint: String? = nil,
    notes: [String] = []
  ) {
    findings.add(message, at: place, width: width, hint: hint, notes: notes)
  }

  /// The most likely candidate.
  func suggestion(for name: String, among candidates: [String]) -> String? {
    findings.areMany || candidates.count > 1000
      ? nil : Suggestion.nearest(to: name, among: candidates)
  }

  func hint(for name: String, among candidates: [String]) -> String? {
    suggestion(for: name, among: candidates).map { "did you mean `\($0)`?" }
  }

  func location(_ place: Place?) -> SourceLocation? { place.map(sources.location) }
}

// MARK: Values

extension SpecReader {
  /// Reads a value of a type, or reports why it is not one and returns `nil`.
  mutating func value(_ node: SpecNode, _ type: FieldType, _ subject: Subject) -> SpecValue? {
    let type = catalog.resolved(type)
    if case .broken = node.kind { return nil }
    guard !node.isNull else {
      let isText = if case .string = type { true } else { false }
      report(
        "\(subject.label) has no value; expected \(type.phrase)",
        at: node.place == nil ? subject.place : nullPlace(node, subject),
        notes: isText && node.found != "nothing" ? ["to write it as text, quote it"] : [])
      return nil
    }
    let payload: SpecValue.Payload?
    switch type {
    case .boolean, .integer, .number, .string, .reference, .referenceOrPath:
      payload = scalar(node, type, subject)
    case .list(let element, let count): payload = list(node, element, count, subject)
    case .map(let keys, let element): payload = map(node, keys, element, subject)
    case .record(let fields):
      guard let pairs = node.mappingPairs else {
        mismatch(node, type, subject)
        return nil
      }
      payload = record(pairs, fields, subject).map { .record($0) }
    case .choice(let choices): payload = choice(node, choices, subject)
    case .union(let types): return union(node, types, subject)
    case .named:
      mismatch(node, type, subject)
      return nil
    }
    return payload.map { SpecValue($0, location: location(node.place)) }
  }

  /// The place to mark for a value that is absent: its key where nothing at all was written.
  private func nullPlace(_ node: SpecNode, _ subject: Subject) -> Place? {
    guard case .scalar(let text, _) = node.kind, text.isEmpty else { return node.place }
    return subject.place ?? node.place
  }

  mutating func mismatch(
    _ node: SpecNode, _ type: FieldType, _ subject: Subject, hint: String? = nil,
    notes: [String] = []
  ) {
    report(
      "\(subject.label) must be \(type.phrase), found \(node.found)",
      at: node.place ?? subject.place, hint: hint, notes: notes)
  }

  private mutating func list(
    _ node: SpecNode, _ element: FieldType, _ count: ClosedRange<Int>, _ subject: Subject
  ) -> SpecValue.Payload? {
    guard case .sequence(let nodes) = node.kind else {
      mismatch(node, .list(element, count: count), subject, notes: ["a list is written [a, b, c]"])
      return nil
    }
    var elements: [SpecValue] = []
    for (index, node) in nodes.enumerated() {
      let subject = Subject("element \(index) of \(subject.label)", at: node.place)
      if let value = value(node, element, subject) { elements.append(value) }
    }
    guard count.contains(nodes.count) else {
      report(
        "\(subject.label) must have \(FieldType.count(count, of: "element")), found \(nodes.count)",
        at: node.place ?? subject.place)
      return nil
    }
    return elements.count == nodes.count ? .list(elements) : nil
  }

  private mutating func map(
    _ node: SpecNode, _ keys: StringRule, _ element: FieldType, _ subject: Subject
  ) -> SpecValue.Payload? {
    guard let pairs = node.mappingPairs else {
      mismatch(node, .map(keys: keys, element), subject, notes: ["a map is written {name: value}"])
      return nil
    }
    var members: [SpecValue.Member] = []
    for pair in pairs {
      if let objection = keys.objection(to: pair.key) ?? Self.keyObjection(pair.key) {
        report("the name `\(pair.key)` in \(subject.label) \(objection)", at: pair.keyPlace)
        continue
      }
      let subject = Subject(named: pair.key, at: pair.keyPlace)
      guard let value = value(pair.value, element, subject) else { continue }
      members.append(.init(key: pair.key, value: value))
    }
    return members.count == pairs.count ? .map(members) : nil
  }

  /// Keys enter canonical forms, which hold printable ASCII only.
  private static func keyObjection(_ key: String) -> String? {
    key.utf8.allSatisfy { (0x20...0x7e).contains($0) } ? nil : "must be written in ASCII"
  }

  private mutating func union(
    _ node: SpecNode, _ types: [FieldType], _ subject: Subject
  ) -> SpecValue? {
    for type in types where fits(node, type) { return value(node, type, subject) }
    mismatch(node, .union(types), subject)
    return nil
  }

  /// Whether a node has the shape of a type; its content may still be wrong.
  private func fits(_ node: SpecNode, _ type: FieldType) -> Bool {
    let type = catalog.resolved(type)
    switch (type, node.kind) {
    case (.list, .sequence), (.map, .mapping), (.record, .mapping): return true
    case (.string, .scalar), (.reference, .scalar), (.referenceOrPath, .scalar): return true
    case (.boolean, .scalar(let text, isPlain: true)): return text == "true" || text == "false"
    case (.integer, .scalar(let text, isPlain: true)): return ScalarText(text).integer != nil
    case (.number, .scalar(let text, isPlain: true)): return ScalarText(text).number != nil
    case (.choice(let choices), .scalar(let text, _)): return choices.contains { $0.name == text }
    case (.choice(let choices), .mapping(let pairs)):
      return pairs.contains { pair in choices.contains { $0.name == pair.key } }
    case (.union(let types), _): return types.contains { fits(node, $0) }
    default: return false
    }
  }
}
