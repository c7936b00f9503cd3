internal import Settings

extension SpecReader {
  /// Reads the whole spec.
  ///
  /// - Throws: ``SpecError`` with all findings, earlier ones included.
  mutating func pipeline(_ root: SpecNode) throws(SpecError) -> PipelineSpec {
    let top = Place(source: 0, line: 1, column: 1)
    guard let pairs = root.mappingPairs else {
      report(
        "a spec is a map of settings, found \(root.found)", at: root.place ?? top,
        notes: ["it begins with `version: \(PipelineSpec.newestVersion)`"])
      throw SpecError(findings, in: sources)
    }
    let settings = record(
      pairs, Self.rootFields, Subject("the spec", at: top),
      valid: Self.rootFields.map(\.name) + ["stages"])
    var drafts: [StageDraft] = []
    if let stages = pairs.first(where: { $0.key == "stages" }) {
      drafts = self.stages(stages)
    } else if !pairs.contains(where: { suggestion(for: $0.key, among: ["stages"]) != nil }) {
      report(
        "the spec needs the setting `stages`", at: top,
        notes: ["stages: a map from the name of each stage to its settings"])
    }
    let graph = StageGraph(drafts)
    graph.check(&findings)
    let stages = findings.isEmpty ? graph.stages(&findings) : []
    guard findings.isEmpty, let settings, let version = settings["version"]?.integer,
      let name = settings["name"]?.string, let seed = settings["seed"]?.integer
    else { throw SpecError(findings, in: sources) }
    return PipelineSpec(
      version: version, name: name, seed: seed, stages: stages,
      topologicalOrder: graph.order.map { stages[$0] }, file: sources.texts[0].name,
      text: sources.texts[0].text)
  }

  /// The settings of a spec besides its stages.
  static let rootFields: [Field] = [
    Field(
      "version", .integer(1...PipelineSpec.newestVersion), role: .execution,
      summary: "The version of the spec language."),
    Field(
      "name", .string(.name), role: .execution,
      summary: "The name of the pipeline, under which its runs are listed."),
    Field(
      "seed", StepSchema.seedType, .defaults(to: 0),
      summary: "The seed of every stage that draws random numbers and sets none of its own."),
  ]

  private mutating func stages(_ pair: SpecNode.Pair) -> [StageDraft] {
    guard !pair.value.isNull, let pairs = pair.value.mappingPairs, !pairs.isEmpty else {
      if case .broken = pair.value.kind { return [] }
      let isAbsent = pair.value.isNull || pair.value.mappingPairs != nil
      report(
        isAbsent
          ? "`stages` has no stage" : "`stages` must be a map of stages, found \(pair.value.found)",
        at: isAbsent ? pair.keyPlace : pair.value.place,
        notes: ["a stage is written {NAME: {step: KIND, …}}"])
      return []
    }
    stageNames = pairs.map(\.key)
    knownStages = Set(stageNames)
    for pair in pairs {
      guard
        case .scalar(let kind, _)? = pair.value.mappingPairs?.first(where: { $0.key == "step" })?
          .value.kind, case .fixed(let outputs)? = catalog[kind]?.outputs
      else { continue }
      knownOutputs[pair.key] = outputs
    }
    return pairs.map { stage($0) }
  }

  private mutating func stage(_ pair: SpecNode.Pair) -> StageDraft {
    var draft = StageDraft(name: pair.key, place: pair.keyPlace, location: location(pair.keyPlace))
    if let objection = StringRule.name.objection(to: pair.key) {
      report("the name `\(pair.key)` of a stage \(objection)", at: pair.keyPlace)
    }
    let subject = Subject(named: pair.key, at: pair.keyPlace)
    guard let pairs = pair.value.mappingPairs else {
      if case .broken = pair.value.kind { return draft }
      report(
        "the stage `\(pair.key)` must be a map of settings, found \(pair.value.found)",
        at: pair.value.isNull ? pair.keyPlace : pair.value.place,
        notes: ["it begins with `step: KIND`; kinds: \(kinds.joined(separator: ", "))"])
      return draft
    }
    guard let schema = schema(pairs, subject) else { return draft }
    references = []
    stageFields = schema.fields
    draft.schema = schema
    draft.seed = seed(pairs, schema, subject)
    let fields = schema.fields.map(\.name)
    let valid = ["step"] + schema.stageFields.map(\.name)
    let before = findings.all.count
    let settings = record(
      pairs.filter { $0.key != "step" && ($0.key != "seed" || fields.contains("seed")) },
      schema.fields, subject, valid: valid)
    draft.references = references
    draft.outputs = outputs(schema, pairs, settings)
    guard let settings, findings.all.count == before else { return draft }
    for complaint in schema.check(settings) { report(complaint, in: settings, subject) }
    draft.parameters = settings
    return draft
  }

  private var kinds: [String] { catalog.steps.map(\.kind) }

  private mutating func schema(_ pairs: [SpecNode.Pair], _ subject: Subject) -> StepSchema? {
    let note = "steps: \(kinds.joined(separator: ", "))"
    guard let pair = pairs.first(where: { $0.key == "step" }) else {
      let near = pairs.first { suggestion(for: $0.key, among: ["step"]) != nil }
      if let near {
        report(
          "unknown setting `\(near.key)`", at: near.keyPlace, hint: "did you mean `step`?")
      } else {
        report(
          "the stage \(subject.label) needs the setting `step`", at: subject.place, notes: [note])
      }
      return nil
    }
    guard case .scalar(let kind, _) = pair.value.kind, !pair.value.isNull else {
      if case .broken = pair.value.kind { return nil }
      report(
        "`step` must be the kind of a step, found \(pair.value.found)",
        at: pair.value.isNull ? pair.keyPlace : pair.value.place, notes: [note])
      return nil
    }
    guard let schema = catalog[kind] else {
      report(
        "there is no step `\(kind)`", at: pair.value.place, hint: hint(for: kind, among: kinds),
        notes: [note])
      return nil
    }
    return schema
  }

  private mutating func seed(
    _ pairs: [SpecNode.Pair], _ schema: StepSchema, _ subject: Subject
  ) -> Int? {
    guard let pair = pairs.first(where: { $0.key == "seed" }),
      !schema.fields.contains(where: { $0.name == "seed" })
    else { return nil }
    guard schema.usesSeed else {
      report(
        "the step `\(schema.kind)` draws no random numbers, so a seed has no effect",
        at: pair.keyPlace, notes: ["delete the setting `seed`"])
      return nil
    }
    return value(pair.value, StepSchema.seedType, Subject(named: "seed", at: pair.keyPlace))?
      .integer
  }

  /// The outputs as far as they can be known: `nil` if the setting that names them is wrong.
  private func outputs(
    _ schema: StepSchema, _ pairs: [SpecNode.Pair], _ settings: SpecRecord?
  ) -> [String]? {
    switch schema.outputs {
    case .fixed(let names): return names
    case .keys(let field):
      if let settings { return settings[field]?.map?.map(\.key) ?? [] }
      return pairs.first { $0.key == field }?.value.mappingPairs?.map(\.key)
    case .items(let field):
      return settings.map { $0[field]?.list?.map(\.text) ?? [] }
    }
  }

  private mutating func report(
    _ complaint: Complaint, in settings: SpecRecord, _ subject: Subject
  ) {
    let leaf = settings.location(ofPath: complaint.path).flatMap(sources.place)
    report(complaint.message, at: leaf ?? subject.place)
  }
}
