internal import Settings

extension SpecReferenceGenerator {
  /// A page of Markdown under construction.
  struct Page {
    let catalog: SchemaCatalog
    private(set) var text = ""

    init(catalog: SchemaCatalog) { self.catalog = catalog }

    mutating func paragraph(_ paragraph: String) {
      text += text.isEmpty ? "" : "\n"
      text += paragraph + "\n"
    }

    mutating func heading(_ level: Int, _ title: String) {
      paragraph("\(String(repeating: "#", count: level)) \(title)")
    }

    // MARK: Sections

    mutating func step(_ step: StepSchema) {
      heading(3, "`\(step.kind)`")
      paragraph(step.summary)
      var facts = "Outputs: \(Self.outputs(step.outputs))."
      if step.usesSeed { facts += " Draws random numbers: `seed` is optional." }
      if step.consumesAllStages {
        facts += " Reads the outputs of all stages that do not read from it."
      }
      paragraph(facts)
      table(step.fields, place: step.kind)
    }

    private static func outputs(_ rule: OutputRule) -> String {
      switch rule {
      case .fixed(let names): names.map { "`\($0)`" }.joined(separator: ", ")
      case .keys(let field): "the names in `\(field)`"
      case .items(let field): "those listed in `\(field)`"
      }
    }

    /// The fields as a table, then the choices among them.
    mutating func table(_ fields: [Field], place: String) {
      guard !fields.isEmpty else {
        paragraph("No settings.")
        return
      }
      var choices: [(title: String, type: FieldType)] = []
      rows(fields, place: place, &choices)
      for (title, type) in choices { self.type(type, title: title, heading: 4) }
    }

    private func collect(
      _ fields: [Field], prefix: String, isExecution: Bool, place: String, _ rows: inout [String],
      _ choices: inout [(title: String, type: FieldType)]
    ) {
      for field in fields {
        let name = prefix + field.name
        let isExecution = isExecution || field.role == .execution
        let title = "\(place): \(name)"
        rows.append(
          "| `\(name)` | \(value(field.type, title: title)) | \(Self.presence(field)) "
            + "| \(isExecution ? "no" : "yes") | \(field.summary) |")
        if let (inner, suffix) = nested(field.type) {
          collect(
            inner, prefix: "\(name).\(suffix)", isExecution: isExecution, place: place, &rows,
            &choices)
        } else if let choice = choiceType(field.type) {
          choices.append((title, choice))
        }
      }
    }

    /// A type of the catalog or a choice, with its alternatives.
    mutating func type(_ type: FieldType, title: String, heading level: Int) {
      heading(level, title)
      guard case .choice(let choices) = type else {
        paragraph(sentence(type.phrase))
        return
      }
      var inner: [(title: String, type: FieldType)] = []
      let shared = Self.sharedFields(choices)
      if !shared.isEmpty {
        paragraph("Common settings:")
        rows(shared, place: title, &inner)
      }
      for choice in choices {
        paragraph("**`\(choice.name)`**\(form(choice)) — \(choice.summary)")
        let own = choice.fields.filter { field in !shared.contains { $0.name == field.name } }
        if !own.isEmpty { rows(own, place: "\(title).\(choice.name)", &inner) }
      }
      for (title, type) in inner { self.type(type, title: title, heading: level) }
    }

    private mutating func rows(
      _ fields: [Field], place: String, _ choices: inout [(title: String, type: FieldType)]
    ) {
      var rows = ["| setting | value | default | key | |", "|---|---|---|---|---|"]
      collect(fields, prefix: "", isExecution: false, place: place, &rows, &choices)
      paragraph(rows.joined(separator: "\n"))
    }

    /// The fields that all of several alternatives have with the same meaning, values and default.
    private static func sharedFields(_ choices: [Choice]) -> [Field] {
      guard choices.count > 1, let first = choices.first else { return [] }
      return first.fields.filter { field in
        choices.allSatisfy { choice in
          choice.fields.contains { other in
            other.name == field.name && other.summary == field.summary
              && other.type.phrase == field.type.phrase && other.role == field.role
              && presence(other) == presence(field)
          }
        }
      }
    }

    private func form(_ choice: Choice) -> String {
      choice.shorthand.map { " or `{\(choice.name): \($0)}`" } ?? ""
    }

    // MARK: Cells

    private func value(_ type: FieldType, title: String) -> String {
      switch type {
      case .choice: "one of [these](#\(Self.anchor(title)))"
      case .named(let name): "a [\(name)](#\(Self.anchor(name)))"
      case .list(.named(let name), let count):
        "a list of \(FieldType.count(count, of: "[\(name)](#\(Self.anchor(name)))"))"
      case .list(let element, let count):
        "a list of \(FieldType.count(count, of: "element")): \(value(element, title: title))"
      case .map(_, .record): "a map of names"
      case .map(_, let element): "a map of names to: \(value(element, title: title))"
      case .record: "a map"
      case .string(.oneOf(let words)): words.map { "`\($0)`" }.joined(separator: " ")
      default: type.phrase
      }
    }

    private static func presence(_ field: Field) -> String {
      switch field.presence {
      case .required: "*required*"
      case .optional: "–"
      case .defaults(let value): "`\(value.text)`"
      }
    }

    private func nested(_ type: FieldType) -> (fields: [Field], suffix: String)? {
      switch type {
      case .record(let fields): (fields, "")
      case .map(_, .record(let fields)): (fields, "NAME.")
      case .list(.record(let fields), _): (fields, "N.")
      default: nil
      }
    }

    private func choiceType(_ type: FieldType) -> FieldType? {
      switch type {
      case .choice: type
      case .list(let element, _), .map(_, let element): choiceType(element)
      default: nil
      }
    }

    private func sentence(_ phrase: String) -> String {
      phrase.prefix(1).uppercased() + phrase.dropFirst() + "."
    }

    /// The anchor that Markdown renderers give to a heading.
    private static func anchor(_ title: String) -> String {
      String(
        title.lowercased().compactMap { character in
          if character == " " { return "-" }
          return character.isLetter || character.isNumber || character == "_" || character == "-"
            ? character : nil
        })
    }
  }
}
