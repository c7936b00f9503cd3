internal import Settings

extension SpecReader {
  /// Reads the settings of a record in the order of its schema.
  ///
  /// `valid` are the names that are valid here, where others are read elsewhere.
  mutating func record(
    _ pairs: [SpecNode.Pair], _ fields: [Field], _ subject: Subject, valid: [String]? = nil
  ) -> SpecRecord? {
    let valid = valid ?? fields.map(\.name)
    var isComplete = true
    // A misspelt name must not be reported a second time as a missing one.
    var meant: Set<String> = []
    for pair in pairs where !valid.contains(pair.key) {
      let suggestion = suggestion(for: pair.key, among: valid)
      if let suggestion { meant.insert(suggestion) }
      isComplete = false
      let list =
        valid.isEmpty
        ? "\(subject.label) has no settings" : "valid here: \(valid.joined(separator: ", "))"
      let elsewhere = suggestion == nil ? self.elsewhere(pair.key) : []
      report(
        "unknown setting `\(pair.key)`", at: pair.keyPlace,
        hint: suggestion.map { "did you mean `\($0)`?" }, notes: [list] + elsewhere)
    }
    var entries: [SpecRecord.Entry] = []
    for field in fields {
      let pair = pairs.first { $0.key == field.name }
      guard let node = pair?.value ?? field.defaultNode else {
        if field.isRequired {
          isComplete = false
          if !meant.contains(field.name) { reportMissing(field, in: subject) }
        }
        continue
      }
      let subject = Subject(named: field.name, at: pair?.keyPlace ?? subject.place)
      guard let value = value(node, field.type, subject) else {
        isComplete = false
        continue
      }
      entries.append(
        .init(
          name: field.name, value: value, role: field.role,
          isDefault: pair == nil || isDefault(value, of: field)))
    }
    return isComplete ? SpecRecord(entries) : nil
  }

  /// Whether what was written is what holds without it.
  private func isDefault(_ value: SpecValue, of field: Field) -> Bool {
    guard let node = field.defaultNode else { return false }
    var reader = SpecReader(catalog: catalog, sources: sources)
    let standard = reader.value(node, field.type, Subject(named: field.name, at: nil))
    return standard?.canonical() == value.canonical()
  }

  /// Where in the current stage a setting of this name would be valid: a note, or none.
  private func elsewhere(_ name: String) -> [String] {
    guard !findings.areMany else { return [] }
    var paths: [String] = []
    func search(_ fields: [Field], _ prefix: String, _ isNamed: Bool) {
      for field in fields {
        if field.name == name { paths.append(prefix + name) }
        search(field.type, prefix + field.name + ".", isNamed)
      }
    }
    func search(_ type: FieldType, _ prefix: String, _ isNamed: Bool) {
      switch type {
      case .record(let fields): search(fields, prefix, isNamed)
      case .choice(let choices):
        for choice in choices { search(choice.fields, prefix + choice.name + ".", isNamed) }
      case .list(let element, _): search(element, prefix + "N.", isNamed)
      case .map(_, let element): search(element, prefix + "NAME.", isNamed)
      case .union(let types): for type in types { search(type, prefix, isNamed) }
      // A type that contains itself is searched once.
      case .named where !isNamed: search(catalog.resolved(type), prefix, true)
      default: break
      }
    }
    search(stageFields, "", false)
    guard let first = paths.first else { return [] }
    guard first != name else {
      return ["`\(name)` is a setting of the stage itself; is it indented too far?"]
    }
    return ["`\(name)` is set as \(paths.prefix(2).joined(separator: " or "))"]
  }

  private mutating func reportMissing(_ field: Field, in subject: Subject) {
    report(
      "\(subject.label) needs the setting `\(field.name)`", at: subject.place,
      notes: ["\(field.name): \(field.type.phrase). \(field.summary)"])
  }

  /// Reads `relu`, `{linear: 128}` or `{adam: {learning_rate: 0.001}}`.
  mutating func choice(
    _ node: SpecNode, _ choices: [Choice], _ subject: Subject
  ) -> SpecValue.Payload? {
    let names = choices.map(\.name)
    switch node.kind {
    case .scalar(let text, _):
      guard let choice = choices.first(where: { $0.name == text }) else {
        unknownChoice(text, names, subject, at: node.place)
        return nil
      }
      return alternative(choice, [], Subject(named: text, at: node.place ?? subject.place))
    case .mapping(let pairs):
      guard pairs.count == 1, let pair = pairs.first else {
        wrongCount(pairs, names, subject, at: node.place)
        return nil
      }
      guard let choice = choices.first(where: { $0.name == pair.key }) else {
        unknownChoice(pair.key, names, subject, at: pair.keyPlace)
        return nil
      }
      return settings(of: choice, pair, Subject(named: pair.key, at: pair.keyPlace))
    default:
      report(
        "\(subject.label) must name one alternative, found \(node.found)",
        at: node.place ?? subject.place, notes: ["valid here: \(names.joined(separator: ", "))"])
      return nil
    }
  }

  private mutating func settings(
    of choice: Choice, _ pair: SpecNode.Pair, _ subject: Subject
  ) -> SpecValue.Payload? {
    if pair.value.isNull { return alternative(choice, [], subject) }
    if let pairs = pair.value.mappingPairs { return alternative(choice, pairs, subject) }
    if case .broken = pair.value.kind { return nil }
    guard let field = choice.shorthandField else {
      let settings = choice.fields.first.map { ["{\(choice.name): {\($0.name): …}}"] } ?? []
      let forms = (choice.needsSettings ? [] : ["`\(choice.name)` alone"]) + settings
      report(
        "\(subject.label) takes no bare value, found \(pair.value.found)", at: pair.value.place,
        notes: ["write \(forms.joined(separator: " or "))"])
      return nil
    }
    let bare = SpecNode.Pair(key: field.name, keyPlace: pair.keyPlace, value: pair.value)
    return alternative(choice, [bare], subject)
  }

  private mutating func alternative(
    _ choice: Choice, _ pairs: [SpecNode.Pair], _ subject: Subject
  ) -> SpecValue.Payload? {
    record(pairs, choice.fields, subject).map { .choice(choice.name, $0) }
  }

  private mutating func unknownChoice(
    _ text: String, _ names: [String], _ subject: Subject, at place: Place?
  ) {
    report(
      "\(subject.label) cannot be `\(text)`", at: place ?? subject.place,
      hint: hint(for: text, among: names),
      notes: ["valid here: \(names.joined(separator: ", "))"])
  }

  private mutating func wrongCount(
    _ pairs: [SpecNode.Pair], _ names: [String], _ subject: Subject, at place: Place?
  ) {
    var notes = ["valid here: \(names.joined(separator: ", "))"]
    if let chosen = pairs.first(where: { names.contains($0.key) }) {
      let others = pairs.map(\.key).filter { $0 != chosen.key }
      if others.contains(where: names.contains) {
        notes = ["keep one of \(pairs.map { "`\($0.key)`" }.joined(separator: ", "))"]
      } else {
        notes = ["its settings go below it: {\(chosen.key): {\(others.first ?? ""): …}}"]
      }
    }
    // {type: adam, learning_rate: 0.1}, as other tools write it
    for pair in pairs {
      guard case .scalar(let text, _) = pair.value.kind, names.contains(text) else { continue }
      let other = pairs.first { $0.key != pair.key }?.key ?? ""
      notes = ["write {\(text): {\(other): …}}"]
    }
    let written = pairs.map { "`\($0.key)`" }.joined(separator: ", ")
    report(
      pairs.isEmpty
        ? "\(subject.label) is an empty map; it must name one alternative"
        : "\(subject.label) must name one alternative, found \(written)",
      at: place ?? subject.place, notes: notes)
  }
}

extension Field {
  /// The default as a node without a place.
  var defaultNode: SpecNode? {
    defaultValue.map { SpecNode($0) }
  }
}
