import PipelineSpec
import Settings

/// A way to write a field, and another one: what a user changes between two runs.
struct FieldMutation: CustomStringConvertible {
  /// The field as the schema has it, without the numbers and names that the user chose.
  let field: String

  /// The overrides that make the field what it is before, `path=value`.
  var setup: [String]

  /// The override that changes it.
  let change: String

  /// The path of what changes, as an explanation names it.
  let path: String

  /// Whether a part of what is below ``path`` may be named, or several, where a whole came or went.
  let isWhole: Bool
  let isResult: Bool

  var description: String { (setup + [change]).joined(separator: " ") }
}

/// Finds a mutation for every field of a schema, at every depth, by its type alone.
struct MutationFinder {
  let catalog: SchemaCatalog

  /// Outputs of other stages that a reference may name, and files.
  let references: [String]
  let paths: [String]

  /// How often a type is looked into inside of itself.
  private static let largestDepth = 0

  /// The mutations of all settings of a stage of this name.
  func mutations(of schema: StepSchema, stage: String) -> [FieldMutation] {
    schema.fields.flatMap { field in
      mutations(of: field, below: stage, named: schema.kind, isResult: true, setup: [], depth: 0)
    }
  }

  /// The mutations of a setting of a record that stands at `path`.
  private func mutations(
    of field: Field, below path: String, named name: String, isResult: Bool, setup: [String],
    depth: Int
  ) -> [FieldMutation] {
    let (path, name) = ("\(path).\(field.name)", "\(name).\(field.name)")
    let isResult = isResult && field.role == .result
    var found = mutations(
      of: field.type, at: path, named: name, isResult: isResult, setup: setup, depth: depth)
    if case .optional = field.presence, let value = samples(of: field.type, depth: depth).first {
      found.append(
        FieldMutation(
          field: name, setup: setup, change: "\(path)=\(value)", path: path, isWhole: true,
          isResult: isResult))
    }
    return found
  }

  private func mutations(
    of type: FieldType, at path: String, named name: String, isResult: Bool, setup: [String],
    depth: Int
  ) -> [FieldMutation] {
    func mutation(
      _ old: String, _ new: String, path changed: String? = nil, isWhole: Bool = false
    ) -> FieldMutation {
      FieldMutation(
        field: name, setup: setup + ["\(path)=\(old)"], change: "\(path)=\(new)",
        path: changed ?? path, isWhole: isWhole, isResult: isResult)
    }
    func inner(_ type: FieldType, _ step: String, within value: String) -> [FieldMutation] {
      mutations(
        of: type, at: "\(path).\(step)", named: name, isResult: isResult,
        setup: setup + ["\(path)=\(value)"], depth: depth)
    }
    let values = samples(of: type, depth: depth)
    switch type {
    case .boolean, .integer, .number, .string, .reference, .referenceOrPath:
      return values.count < 2 ? [] : [mutation(values[0], values[1])]
    case .list(let element, let count):
      let least = max(count.lowerBound, 1)
      let value = values[0]
      let one = samples(of: element, depth: depth)[0]
      let more = "[\(Array(repeating: one, count: least + 1).joined(separator: ", "))]"
      return inner(element, "0", within: value)
        + (count.upperBound > least
          ? [mutation(value, more, path: "\(path).\(least)", isWhole: true)] : [])
    case .map(_, let element):
      let one = samples(of: element, depth: depth)[0]
      return inner(element, "a", within: "{a: \(one)}")
        + [mutation("{a: \(one)}", "{a: \(one), b: \(one)}", path: "\(path).b", isWhole: true)]
    case .record(let fields):
      return fields.flatMap { field in
        mutations(
          of: field, below: path, named: name, isResult: isResult,
          // What has no setting that it needs, the spec has already where it needs one.
          setup: setup + (values[0] == "{}" ? [] : ["\(path)=\(values[0])"]), depth: depth)
      }
    case .choice(let choices):
      return choices.flatMap { choice in
        choice.fields.flatMap { field in
          mutations(
            of: field, below: "\(path).\(choice.name)", named: "\(name).\(choice.name)",
            isResult: isResult, setup: setup + ["\(path)=\(sample(of: choice, depth: depth))"],
            depth: depth)
        }
      } + zip(values, values.dropFirst()).map { mutation($0, $1) }
    case .named(let type):
      guard depth <= Self.largestDepth, let resolved = catalog.types[type] else { return [] }
      return mutations(
        of: resolved, at: path, named: name, isResult: isResult,
        setup: setup, depth: depth + 1)
    case .union(let types):
      return types.flatMap { type in
        mutations(of: type, at: path, named: name, isResult: isResult, setup: setup, depth: depth)
      } + zip(values, values.dropFirst()).map { mutation($0, $1) }
    }
  }

  // MARK: Values

  /// Values that a type allows, as a spec writes them: two where there are two.
  private func samples(of type: FieldType, depth: Int) -> [String] {
    switch type {
    case .boolean: ["true", "false"]
    case .integer(let range):
      [range.lowerBound, range.lowerBound + 1].filter(range.contains).map { "\($0)" }
    case .number(let range):
      Array([0.25, 0.5, 2, 3].filter(range.contains).prefix(2)).map { "\($0)" }
    case .string(let rule): Self.samples(of: rule)
    case .list(let element, let count):
      samples(of: element, depth: depth).map { one in
        "[\(Array(repeating: one, count: max(count.lowerBound, 1)).joined(separator: ", "))]"
      }
    case .map(_, let element): samples(of: element, depth: depth).map { "{a: \($0)}" }
    case .record(let fields): [Self.text(required(fields, depth: depth))]
    case .choice(let choices): choices.map { sample(of: $0, depth: depth) }
    case .named(let name):
      // The first alternatives do not contain themselves.
      if case .choice(let choices)? = catalog.types[name] {
        choices.prefix(2).map { sample(of: $0, depth: depth) }
      } else {
        []
      }
    case .reference: references
    case .referenceOrPath: references + paths
    case .union(let types): types.compactMap { samples(of: $0, depth: depth).first }
    }
  }

  private static func samples(of rule: StringRule) -> [String] {
    switch rule {
    case .any: ["one", "\"two: words\""]
    case .name: ["a", "b"]
    case .sha256: ["a", "b"].map { String(repeating: $0, count: 64) }
    case .url: ["https://one.example/a", "file:///two"]
    case .oneOf(let words): words
    case .outputName: ["x.txt", "y.txt"]
    }
  }

  private func sample(of choice: Choice, depth: Int) -> String {
    let settings = required(choice.fields, depth: depth)
    return settings.isEmpty ? choice.name : "{\(choice.name): \(Self.text(settings))}"
  }

  /// The settings that cannot be left out.
  private func required(_ fields: [Field], depth: Int) -> [(String, String)] {
    fields.compactMap { field in
      guard case .required = field.presence else { return nil }
      return samples(of: field.type, depth: depth).first.map { (field.name, $0) }
    }
  }

  private static func text(_ settings: [(String, String)]) -> String {
    "{\(settings.map { "\($0.0): \($0.1)" }.joined(separator: ", "))}"
  }

  /// Every field of a schema at its full depth, named as ``FieldMutation/field``.
  func fields(of schema: StepSchema) -> [String] {
    schema.fields.flatMap { fields(of: $0, below: schema.kind, depth: 0) }
  }

  private func fields(of field: Field, below name: String, depth: Int) -> [String] {
    fields(of: field.type, named: "\(name).\(field.name)", depth: depth)
  }

  private func fields(of type: FieldType, named name: String, depth: Int) -> [String] {
    switch type {
    case .boolean, .integer, .number, .string, .reference, .referenceOrPath: return [name]
    case .list(let element, _), .map(_, let element):
      return fields(of: element, named: name, depth: depth)
    case .record(let inner): return inner.flatMap { fields(of: $0, below: name, depth: depth) }
    case .choice(let choices):
      return [name]
        + choices.flatMap { choice in
          choice.fields.flatMap { fields(of: $0, below: "\(name).\(choice.name)", depth: depth) }
        }
    case .named(let type):
      guard depth <= Self.largestDepth, let resolved = catalog.types[type] else { return [] }
      return fields(of: resolved, named: name, depth: depth + 1)
    case .union(let types):
      return types.flatMap { fields(of: $0, named: name, depth: depth) }
    }
  }
}
