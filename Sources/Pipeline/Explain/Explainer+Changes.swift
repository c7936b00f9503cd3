internal import ContentAddressing
internal import PipelineSpec
internal import Settings

extension Explainer {
  /// The differences without that of the output names, if a setting that differs names them.
  func ownDifferences(_ differences: [KeyDifference], of stage: StageSpec) -> [KeyDifference] {
    let field: String
    switch stage.schema.outputs {
    case .fixed: return differences
    case .keys(let name), .items(let name): field = name
    }
    let isNamed = differences.contains {
      $0.part == .parameter && ($0.path == field || $0.path.hasPrefix(field + "."))
    }
    return isNamed ? differences.filter { $0.part != .outputs } : differences
  }

  /// Differences of key documents by path and location in the spec.
  func changes(_ differences: [KeyDifference], of stage: StageSpec) -> [StageChange] {
    differences.map { difference in
      let place = self.place(of: difference, in: stage)
      return StageChange(
        kind: difference.part.rawValue, stage: stage.name,
        path: path(of: difference, in: stage), old: difference.old, new: difference.new,
        file: place?.file, line: place?.line, option: option(of: difference, in: stage))
    }
  }

  private func path(of difference: KeyDifference, in stage: StageSpec) -> String {
    switch difference.part {
    case .parameter, .input: "\(stage.name).\(difference.path)"
    case .seed: stage.seed == nil ? "seed" : "\(stage.name).seed"
    case .implementation, .schema, .outputs: "\(stage.name).\(difference.part.rawValue)"
    case .dependency, .stage: "\(stage.name).\(difference.part.rawValue).\(difference.path)"
    }
  }

  /// The location in the file of a difference, also if an option overrides it.
  private func place(
    of difference: KeyDifference, in stage: StageSpec
  ) -> (file: String, line: Int)? {
    switch difference.part {
    case .seed: seedPlace(of: stage)
    case .implementation, .schema, .dependency, .outputs, .stage: nil
    case .parameter, .input:
      writtenPlace(difference, in: stage) ?? writtenPlace(
        difference, in: written?[stage: stage.name])
        ?? (spec.file, stage.location.line)
    }
  }

  private func writtenPlace(
    _ difference: KeyDifference, in stage: StageSpec?
  ) -> (file: String, line: Int)? {
    guard let stage, let location = location(of: difference, in: stage), !location.isOverride
    else { return nil }
    return (location.file, location.line)
  }

  private func location(of difference: KeyDifference, in stage: StageSpec) -> SourceLocation? {
    CanonicalDifference(path: difference.path, old: difference.old, new: difference.new)
      .location(in: stage.parameters)
  }

  /// The option that gives the new value, if any.
  private func option(of difference: KeyDifference, in stage: StageSpec) -> String? {
    switch difference.part {
    case .seed:
      overrides.last { $0.hasPrefix(stage.seed == nil ? "seed=" : "\(stage.name).seed=") }
        .map { "--set \($0)" }
    case .parameter, .input:
      location(of: difference, in: stage).flatMap { $0.isOverride ? $0.file : nil }
    case .implementation, .schema, .dependency, .outputs, .stage: nil
    }
  }

  /// The line in which the seed of a stage, or else that of the pipeline, is written.
  private func seedPlace(of stage: StageSpec) -> (file: String, line: Int)? {
    let lines = spec.text.split(separator: "\n", omittingEmptySubsequences: false)
    if stage.seed != nil {
      let first = stage.location.line
      let next = spec.stages.map(\.location.line).filter { $0 > first }.min() ?? lines.count + 1
      for line in first..<max(first, next) where line <= lines.count {
        if lines[line - 1].contains("seed:") { return (spec.file, line) }
      }
    }
    return lines.firstIndex { $0.hasPrefix("seed:") }.map { (spec.file, $0 + 1) }
  }

  /// What the documents have in common, counted.
  func same(
    _ document: CanonicalValue, _ differences: [KeyDifference], plan: StagePlan
  ) -> StageExplanation.Same {
    func count(_ part: KeyDifference.Part) -> Int {
      differences.count { $0.part == part && $0.new != nil }
    }
    var same = StageExplanation.Same()
    same.settings = max(
      0, Self.leaves(document["parameters"] ?? .object([:])) - count(.parameter))
    same.inputs = max(0, (document["inputs"]?.object?.count ?? 0) - count(.input))
    if !differences.contains(where: { $0.part == .seed }) { same.seed = document["seed"]?.integer }
    if !differences.contains(where: { $0.part == .implementation }) {
      same.implementation = document["implementation"]?.integer
    }
    let changed = Set(differences.filter { $0.part == .dependency }.map(\.path))
    same.dependencies = (document["dependencies"]?.array ?? []).compactMap(\.string).filter {
      !changed.contains(String($0.prefix { $0 != " " }))
    }
    return same
  }

  private static func leaves(_ value: CanonicalValue) -> Int {
    switch value {
    case .object(let members): members.values.reduce(0) { $0 + leaves($1) }
    case .array(let elements): elements.reduce(0) { $0 + leaves($1) }
    default: 1
    }
  }

  /// Differences from a run outside the key: machine, means of execution, execution settings.
  func unkeyed(
    _ record: PipelineRun?, environment: [String: CanonicalValue]
  ) -> [StageExplanation.Unkeyed] {
    guard let record else { return [] }
    let ignored = ["peak_memory_bytes", "libraries", "numerics"]
    var found = Set(record.environment.keys).union(environment.keys).subtracting(ignored).sorted()
      .compactMap { name -> StageExplanation.Unkeyed? in
        guard let old = record.environment[name], let new = environment[name], old != new
        else { return nil }
        return .init(
          name: name, old: CanonicalDifference.text(of: old), new: CanonicalDifference.text(of: new)
        )
      }
    let settings = Dictionary(
      Runner.settings(of: spec).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for setting in record.settings where !setting.isResult {
      guard let now = settings[setting.path], now.text != setting.text else { continue }
      found.append(.init(name: setting.path, old: setting.text, new: now.text))
    }
    return found
  }

  // MARK: Back to the earlier result

  /// The overrides that restore the earlier key of a stage, or `nil` if no override can.
  func restoring(
    _ differences: [KeyDifference], of stage: StageSpec, old: CanonicalValue, new: CanonicalValue
  ) -> [String]? {
    var overrides: [String] = []
    for difference in differences {
      let override: String
      switch difference.part {
      case .seed:
        guard let seed = difference.old?.integer else { return nil }
        override = (stage.seed == nil ? "seed=" : "\(stage.name).seed=") + "\(seed)"
      case .parameter:
        guard let setting = setting(difference, of: stage, old: old) else { return nil }
        override = "\(stage.name).\(setting)"
      case .implementation, .schema, .dependency, .outputs, .input, .stage: return nil
      }
      if !overrides.contains(override) { overrides.append(override) }
    }
    return overrides
  }

  /// `path=value` of a setting; elements added to or removed from a list or record are set as a whole.
  private func setting(
    _ difference: KeyDifference, of stage: StageSpec, old: CanonicalValue
  ) -> String? {
    if let value = difference.old, difference.new != nil {
      // After the `=` of a text everything is text.
      if case .string(let text) = value { return "\(difference.path)=\(text)" }
      return Self.literal(value).map { "\(difference.path)=\($0)" }
    }
    let field = String(difference.path.prefix { $0 != "." })
    // A key does not contain settings that do not affect the result, so they cannot be restored from it.
    let hasMore = stage.parameters.flattened().contains {
      $0.role == .execution && $0.path.hasPrefix(field + ".")
    }
    guard !hasMore, let value = old["parameters"]?[field] else { return nil }
    return Self.literal(value).map { "\(field)=\($0)" }
  }

  /// A value in YAML's flow style, or `nil` for one that no override can give.
  private static func literal(_ value: CanonicalValue) -> String? {
    switch value {
    case .null: return "null"
    case .string(let text):
      let isPlain =
        !text.isEmpty
        && text.unicodeScalars.allSatisfy {
          ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "_"
        }
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(
          text.lowercased())
      return isPlain ? text : CanonicalValue.string(text).plainJSON()
    case .array(let elements):
      let texts = elements.map(literal)
      guard !texts.contains(nil) else { return nil }
      return "[\(texts.compactMap { $0 }.joined(separator: ", "))]"
    case .object(let members):
      // An input is a reference that only the spec can write.
      if members.count == 1, members["input"] != nil { return nil }
      if members.count == 1, let name = members.keys.first, members[name] == .object([:]) {
        return name
      }
      let texts = members.sorted { $0.key < $1.key }.map { key, value in
        literal(value).map { "\(key): \($0)" }
      }
      guard !texts.contains(nil) else { return nil }
      return "{\(texts.compactMap { $0 }.joined(separator: ", "))}"
    case .boolean, .integer, .double: return CanonicalDifference.text(of: value)
    }
  }
}
