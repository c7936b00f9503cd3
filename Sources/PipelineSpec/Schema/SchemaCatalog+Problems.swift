internal import Settings

extension SchemaCatalog {
  /// The errors of this catalog itself, each as a sentence; a test of its owner expects none.
  ///
  /// Checked are defaults (by the rules for specs), names, references to types and fields, ranges and
  /// summaries.
  public func problems() -> [String] {
    var inspector = CatalogInspector(catalog: self)
    inspector.inspect()
    return inspector.problems
  }
}

/// Walks a catalog and collects its errors.
private struct CatalogInspector {
  let catalog: SchemaCatalog
  private(set) var problems: [String] = []

  init(catalog: SchemaCatalog) { self.catalog = catalog }

  mutating func inspect() {
    repeated(catalog.steps.map(\.kind), "the catalog")
    for name in catalog.types.keys.sorted() {
      if let type = catalog.types[name] { inspect(type, name) }
    }
    for step in catalog.steps {
      summary(step.summary, step.kind)
      if StringRule.name.objection(to: step.kind) != nil {
        problems.append("\(step.kind): no name")
      }
      if step.version < 1 { problems.append("\(step.kind): a version begins at 1") }
      inspect(step.fields, step.kind)
      let reserved = ["step"] + (step.usesSeed ? ["seed"] : [])
      for field in step.fields where reserved.contains(field.name) {
        problems.append("\(step.kind).\(field.name): the name is taken")
      }
      outputs(step)
    }
  }

  private mutating func outputs(_ step: StepSchema) {
    let field: String
    switch step.outputs {
    case .fixed(let names):
      repeated(names, "the outputs of \(step.kind)")
      for name in names where StringRule.outputName.objection(to: name) != nil {
        problems.append("\(step.kind): `\(name)` is not a valid name of an output")
      }
      return
    case .keys(let name), .items(let name): field = name
    }
    switch (step.outputs, step.fields.first { $0.name == field }?.type) {
    case (.keys, .map(keys: .outputName, _)?): break
    case (.items, .list(.string(.outputName), _)?): break
    default: problems.append("\(step.kind): `\(field)` cannot name outputs")
    }
  }

  private mutating func inspect(_ fields: [Field], _ path: String) {
    repeated(fields.map(\.name), path)
    for field in fields {
      let inner = "\(path).\(field.name)"
      summary(field.summary, inner)
      if field.name.isEmpty || field.name.utf8.contains(where: { !(0x21...0x7e).contains($0) })
        || field.name.contains(".")
      {
        problems.append("\(inner): a name is printable ASCII without dots")
      }
      inspect(field.type, inner)
      if let node = field.defaultNode { standard(node, field.type, inner) }
    }
  }

  private mutating func standard(_ node: SpecNode, _ type: FieldType, _ path: String) {
    let sources = Sources(SourceText(name: path, text: ""))
    var reader = SpecReader(catalog: catalog, sources: sources)
    _ = reader.value(node, type, .init(named: path, at: nil))
    problems += reader.findings.all.map { "\(path): the default is wrong: \($0.message)" }
  }

  private mutating func inspect(_ type: FieldType, _ path: String) {
    switch type {
    case .boolean, .string, .reference, .referenceOrPath: break
    case .integer(let range):
      if max(abs(range.lowerBound), abs(range.upperBound)) > FieldType.largestInteger {
        problems.append("\(path): the range is beyond ±(2^53−1)")
      }
    case .number(let range):
      if let lower = range.lower, let upper = range.upper, lower.value > upper.value {
        problems.append("\(path): the range is empty")
      }
    case .list(let element, let count):
      if count.lowerBound < 0 { problems.append("\(path): a count cannot be negative") }
      inspect(element, "\(path)[]")
    case .map(_, let element): inspect(element, "\(path).*")
    case .record(let fields): inspect(fields, path)
    case .choice(let choices):
      repeated(choices.map(\.name), path)
      for choice in choices {
        summary(choice.summary, "\(path).\(choice.name)")
        inspect(choice.fields, "\(path).\(choice.name)")
      }
    case .named(let name):
      if catalog.types[name] == nil { problems.append("\(path): there is no type \(name)") }
    case .union(let types):
      for type in types { inspect(type, path) }
    }
  }

  private mutating func summary(_ text: String, _ path: String) {
    if text.isEmpty || text.last != "." || text.count > 150 || text.contains("\n") {
      problems.append("\(path): a summary is one sentence of at most 150 characters")
    }
  }

  private mutating func repeated(_ names: [String], _ path: String) {
    var known: Set<String> = []
    for name in names where !known.insert(name).inserted {
      problems.append("\(path): `\(name)` occurs twice")
    }
  }
}
