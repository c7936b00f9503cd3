internal import Settings

/// Writes a JSON Schema (draft 2020-12) of specs, by which editors complete and check YAML.
///
/// The schema checks less than ``SpecParser``: no references, cycles or rules between fields.
public struct JSONSchemaGenerator: Sendable {
  private let catalog: SchemaCatalog

  public init(catalog: SchemaCatalog) { self.catalog = catalog }

  /// The schema, the same for the same catalog, ending with a line feed.
  public func generate() -> String {
    var definitions: [(key: String, value: JSONText)] = [(key: "stage", value: stage)]
    definitions += catalog.steps.map { (key: "step-\($0.kind)", value: step($0)) }
    definitions += catalog.types.keys.sorted().compactMap { name in
      catalog.types[name].map { (key: "type-\(name)", value: schema($0)) }
    }
    let stages: JSONText = .object([
      (key: "description", value: .string("The stages by their names.")),
      (key: "type", value: .string("object")),
      (key: "minProperties", value: .integer(1)),
      (
        key: "propertyNames",
        value: .object([(key: "pattern", value: .string(Self.namePattern(longest: 64)))])
      ),
      (
        key: "additionalProperties",
        value: .object([(key: "$ref", value: .string("#/$defs/stage"))])
      ),
    ])
    var members: [(key: String, value: JSONText)] = [
      (key: "$schema", value: .string("https://json-schema.org/draft/2020-12/schema")),
      (key: "title", value: .string("A pipeline spec, version \(PipelineSpec.newestVersion)")),
    ]
    members += record(SpecReader.rootFields, besides: [(key: "stages", value: stages)])
    members.append((key: "$defs", value: .object(definitions)))
    return JSONText.object(members).rendered() + "\n"
  }

  /// A stage: its step decides which settings are valid.
  private var stage: JSONText {
    let rules = catalog.steps.map { step -> JSONText in
      let isStep: JSONText = .object([
        (key: "required", value: .array([.string("step")])),
        (
          key: "properties",
          value: .object([
            (key: "step", value: .object([(key: "const", value: .string(step.kind))]))
          ])
        ),
      ])
      return .object([
        (key: "if", value: isStep),
        (
          key: "then",
          value: .object([(key: "$ref", value: .string("#/$defs/step-\(step.kind)"))])
        ),
      ])
    }
    let kinds = catalog.steps.map { step -> JSONText in
      .object([
        (key: "const", value: .string(step.kind)),
        (key: "description", value: .string(step.summary)),
      ])
    }
    return .object([
      (key: "type", value: .string("object")),
      (key: "required", value: .array([.string("step")])),
      (
        key: "properties",
        value: .object([(key: "step", value: .object([(key: "oneOf", value: .array(kinds))]))])
      ),
      (key: "allOf", value: .array(rules)),
    ])
  }

  private func step(_ step: StepSchema) -> JSONText {
    let others: [(key: String, value: JSONText)] = [(key: "step", value: .boolean(true))]
    return .object(
      [(key: "description", value: .string(step.summary))]
        + record(step.stageFields, besides: others))
  }
}

// MARK: Types

extension JSONSchemaGenerator {
  /// The members of the schema of a map with these fields and nothing else but `others`.
  private func record(
    _ fields: [Field], besides others: [(key: String, value: JSONText)] = []
  ) -> [(key: String, value: JSONText)] {
    let required =
      fields.filter(\.isRequired).map(\.name)
      + others.map(\.key).filter { ["step", "stages"].contains($0) }
    var members: [(key: String, value: JSONText)] = [(key: "type", value: .string("object"))]
    if !required.isEmpty {
      members.append((key: "required", value: .array(required.map { .string($0) })))
    }
    members.append(
      (
        key: "properties",
        value: .object(others + fields.map { (key: $0.name, value: described($0)) })
      ))
    members.append((key: "additionalProperties", value: .boolean(false)))
    return members
  }

  private func described(_ field: Field) -> JSONText {
    var members: [(key: String, value: JSONText)] = [
      (key: "description", value: .string(field.summary))
    ]
    if case .defaults(let literal) = field.presence {
      members.append((key: "default", value: JSONText(literal)))
    }
    guard case .object(let type) = schema(field.type) else { return .object(members) }
    return .object(members + type)
  }

  private func schema(_ type: FieldType) -> JSONText {
    switch type {
    case .boolean: return .object([(key: "type", value: .string("boolean"))])
    case .integer(let range):
      return .object([
        (key: "type", value: .string("integer")),
        (key: "minimum", value: .integer(range.lowerBound)),
        (key: "maximum", value: .integer(range.upperBound)),
      ])
    case .number(let range): return .object(number(range))
    case .string(let rule): return .object(string(rule))
    case .list(let element, let count):
      return .object([
        (key: "type", value: .string("array")),
        (key: "minItems", value: .integer(count.lowerBound)),
        (key: "maxItems", value: .integer(count.upperBound)),
        (key: "items", value: schema(element)),
      ])
    case .map(let keys, let element):
      return .object([
        (key: "type", value: .string("object")),
        (key: "propertyNames", value: .object(string(keys).filter { $0.key == "pattern" })),
        (key: "additionalProperties", value: schema(element)),
      ])
    case .record(let fields): return .object(record(fields))
    case .choice(let choices): return choice(choices)
    case .named(let name):
      return .object([(key: "$ref", value: .string("#/$defs/type-\(name)"))])
    case .reference:
      return .object([
        (key: "type", value: .string("string")),
        (key: "pattern", value: .string("^[A-Za-z0-9_][A-Za-z0-9._-]*/.+$")),
      ])
    case .referenceOrPath:
      return .object([
        (key: "type", value: .string("string")), (key: "minLength", value: .integer(1)),
      ])
    case .union(let types):
      return .object([(key: "anyOf", value: .array(types.map(schema)))])
    }
  }

  private func number(_ range: NumberRange) -> [(key: String, value: JSONText)] {
    var members: [(key: String, value: JSONText)] = [(key: "type", value: .string("number"))]
    if let lower = range.lower {
      members.append(
        (key: lower.isIncluded ? "minimum" : "exclusiveMinimum", value: .number(lower.value)))
    }
    if let upper = range.upper {
      members.append(
        (key: upper.isIncluded ? "maximum" : "exclusiveMaximum", value: .number(upper.value)))
    }
    return members
  }

  /// A text: YAML may read it as a number or a boolean, which specs accept.
  private func string(_ rule: StringRule) -> [(key: String, value: JSONText)] {
    let text: (key: String, value: JSONText) = (
      key: "type", value: .array([.string("string"), .string("number"), .string("boolean")])
    )
    func matching(_ pattern: String) -> [(key: String, value: JSONText)] {
      [text, (key: "pattern", value: .string(pattern))]
    }
    return switch rule {
    case .any: [text]
    case .name: matching(Self.namePattern(longest: 64))
    case .outputName: matching(Self.namePattern(longest: 128))
    case .sha256: matching("^(sha256:)?[0-9A-Fa-f]{64}$")
    case .url:
      [
        (key: "type", value: .string("string")),
        (key: "pattern", value: .string("^(https://|http://|file:/)[!-~]+$")),
      ]
    case .oneOf(let words): [(key: "enum", value: .array(words.map { .string($0) }))]
    }
  }

  private static func namePattern(longest: Int) -> String {
    "^[A-Za-z0-9_][A-Za-z0-9._-]{0,\(longest - 1)}$"
  }

  /// Either a name alone, or a map of one name to its settings.
  private func choice(_ choices: [Choice]) -> JSONText {
    let alone = choices.filter { !$0.needsSettings }.map { choice -> JSONText in
      .object([
        (key: "const", value: .string(choice.name)),
        (key: "description", value: .string(choice.summary)),
      ])
    }
    let settings = choices.map { choice -> (key: String, value: JSONText) in
      var forms: [JSONText] = [.object(record(choice.fields))]
      if let field = choice.shorthandField { forms.append(schema(field.type)) }
      if !choice.needsSettings { forms.append(.object([(key: "type", value: .string("null"))])) }
      return (
        key: choice.name,
        value: .object([
          (key: "description", value: .string(choice.summary)),
          (key: "anyOf", value: .array(forms)),
        ])
      )
    }
    let map: JSONText = .object([
      (key: "type", value: .string("object")),
      (key: "minProperties", value: .integer(1)),
      (key: "maxProperties", value: .integer(1)),
      (key: "properties", value: .object(settings)),
      (key: "additionalProperties", value: .boolean(false)),
    ])
    return .object([(key: "anyOf", value: .array(alone + [map]))])
  }
}
