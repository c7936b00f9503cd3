/// A stage as far as it could be read.
struct StageDraft {
  let name: String
  let place: Place?
  let location: SourceLocation?
  var schema: StepSchema?
  var seed: Int?
  var parameters: SpecRecord?
  /// `nil` if the setting that names the outputs is wrong.
  var outputs: [String]?
  var references: [(reference: StageReference, place: Place?)] = []
}

/// The stages and what each reads from.
struct StageGraph {
  private let drafts: [StageDraft]
  private let index: [String: Int]

  /// For each stage the stages whose outputs it takes without naming them, in file order.
  private let implicit: [[Int]]

  /// The stages, each after all that it reads from, as far as there are no cycles.
  let order: [Int]

  /// Cycles, each as the stages from the first in the file back to it (left out).
  private let cycles: [[Int]]

  init(_ drafts: [StageDraft]) {
    self.drafts = drafts
    let index = Dictionary(
      drafts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.index = index
    var sources = drafts.indices.map { stage in
      Set(drafts[stage].references.compactMap { index[$0.reference.stage] }).subtracting([stage])
        .sorted()
    }
    implicit = Self.implicitSources(drafts, &sources)
    (order, cycles) = Self.sort(sources)
  }

  /// Makes each stage that consumes all others read from them, except from those that read from it.
  ///
  /// The implicit sources are added to `sources`, what each stage names.
  private static func implicitSources(
    _ drafts: [StageDraft], _ sources: inout [[Int]]
  ) -> [[Int]] {
    var implicit = [[Int]](repeating: [], count: drafts.count)
    for consumer in Self.consumers(drafts).prefix(SpecLimits.consumersOfAll) {
      var readers = [[Int]](repeating: [], count: drafts.count)
      for (stage, read) in sources.enumerated() {
        for source in read { readers[source].append(stage) }
      }
      var dependents: Set<Int> = [consumer]
      var pending = [consumer]
      while let stage = pending.popLast() {
        for reader in readers[stage] where dependents.insert(reader).inserted {
          pending.append(reader)
        }
      }
      implicit[consumer] = drafts.indices.filter { stage in
        !dependents.contains(stage) && drafts[stage].schema?.consumesAllStages == false
      }
      sources[consumer] = Set(sources[consumer] + implicit[consumer]).sorted()
    }
    return implicit
  }

  private static func consumers(_ drafts: [StageDraft]) -> [Int] {
    drafts.indices.filter { drafts[$0].schema?.consumesAllStages == true }
  }

  /// Sorts by depth-first search, so that stages that already follow their sources keep their place.
  ///
  /// Without recursion, since a chain may be thousands of stages long.
  private static func sort(_ sources: [[Int]]) -> (order: [Int], cycles: [[Int]]) {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: sources.count)
    var order: [Int] = []
    var cycles: [[Int]] = []
    for start in sources.indices where marks[start] == .new {
      var path: [(stage: Int, next: Int)] = [(start, 0)]
      marks[start] = .open
      while let (stage, next) = path.last {
        guard next < sources[stage].count else {
          marks[stage] = .done
          order.append(stage)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let source = sources[stage][next]
        switch marks[source] {
        case .done: break
        case .new:
          marks[source] = .open
          path.append((source, 0))
        case .open:
          let cycle = path.map(\.stage)[(path.firstIndex { $0.stage == source } ?? 0)...]
          cycles.append(Array(cycle))
        }
      }
    }
    return (order, cycles)
  }
}

// MARK: Mistakes

extension StageGraph {
  /// Reports references to a stage itself or to outputs that do not exist, and cycles.
  func check(_ findings: inout Findings) {
    for draft in drafts {
      for (reference, place) in draft.references {
        if reference.stage == draft.name {
          findings.add("the stage `\(draft.name)` cannot read from itself", at: place)
        } else if let source = index[reference.stage] {
          check(reference, of: drafts[source], at: place, &findings)
        }
      }
    }
    let consumers = Self.consumers(drafts)
    if consumers.count > SpecLimits.consumersOfAll {
      let draft = drafts[consumers[SpecLimits.consumersOfAll]]
      findings.add(
        "more than \(SpecLimits.consumersOfAll) stages read from all others", at: draft.place)
    }
    var known: Set<Set<Int>> = []
    for cycle in cycles where known.insert(Set(cycle)).inserted { report(cycle, &findings) }
  }

  private func check(
    _ reference: StageReference, of stage: StageDraft, at place: Place?,
    _ findings: inout Findings
  ) {
    guard let outputs = stage.outputs, !outputs.contains(reference.output) else { return }
    let behind = reference.stage.unicodeScalars.count + 1
    let outputPlace = place.map {
      Place(source: $0.source, line: $0.line, column: $0.column + behind)
    }
    findings.add(
      "the stage `\(reference.stage)` has no output `\(reference.output)`", at: outputPlace,
      width: reference.output.unicodeScalars.count,
      hint: Suggestion.hint(for: reference.output, among: outputs),
      notes: [
        outputs.isEmpty
          ? "`\(reference.stage)` has no outputs"
          : "outputs of `\(reference.stage)`: \(outputs.joined(separator: ", "))"
      ])
  }

  private func report(_ cycle: [Int], _ findings: inout Findings) {
    // Begin with the first stage of the file.
    let first = cycle.enumerated().min { $0.element < $1.element }?.offset ?? 0
    let turned = Array(cycle[first...] + cycle[..<first])
    let names = turned.map { drafts[$0].name }
    let notes = turned.indices.map { position in
      let reader = drafts[turned[position]]
      let source = drafts[turned[(position + 1) % turned.count]]
      let edge = reader.references.first { $0.reference.stage == source.name }
      let line = edge?.place.map { $0.source == 0 ? " (line \($0.line))" : "" } ?? ""
      return
        "`\(reader.name)` reads \(edge.map { "`\($0.reference)`" } ?? "`\(source.name)`")\(line)"
    }
    let edge = drafts[turned[0]].references.first { $0.reference.stage == names[1 % names.count] }
    findings.add(
      "the stages \((names + [names[0]]).joined(separator: " → ")) form a cycle",
      at: edge?.place ?? drafts[turned[0]].place, notes: notes)
  }
}

// MARK: Result

extension StageGraph {
  /// The stages in file order; one that could not be read completely is missing and reported.
  func stages(_ findings: inout Findings) -> [StageSpec] {
    drafts.indices.compactMap { position in
      let draft = drafts[position]
      guard let schema = draft.schema, let parameters = draft.parameters,
        let outputs = draft.outputs, let location = draft.location
      else {
        findings.add("the stage `\(draft.name)` could not be read", at: draft.place)
        return nil
      }
      return StageSpec(
        name: draft.name, schema: schema, seed: draft.seed, parameters: parameters,
        location: location, outputs: outputs, inputs: inputs(of: position, parameters))
    }
  }

  private func inputs(of position: Int, _ parameters: SpecRecord) -> [StageSpec.Input] {
    let named = parameters.flattened().compactMap { leaf in
      leaf.value.source.map {
        StageSpec.Input(path: leaf.path, source: $0, location: leaf.location, isImplicit: false)
      }
    }
    let implied = implicit[position].flatMap { source in
      (drafts[source].outputs ?? []).map { output in
        let reference = StageReference(stage: drafts[source].name, output: output)
        return StageSpec.Input(
          path: "\(reference)", source: .stage(reference), location: nil, isImplicit: true)
      }
    }
    return named + implied
  }
}
