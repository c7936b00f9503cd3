internal import ArtifactStore
internal import ContentAddressing
internal import PipelineSpec
internal import SystemPackage

/// A stage whose inputs are known, and with them its key.
struct ResolvedStage: Sendable {
  let spec: StageSpec
  let step: any Step.Type
  let inputs: [String: Content]
  let upstream: [UpstreamStage]
  let seed: UInt64
  let key: KeyDocument
}

/// Finds the inputs and the key of a stage from the results of the stages before it.
struct StageResolver: Sendable {
  let spec: PipelineSpec
  let catalog: StepCatalog

  /// Identifies a local file, and in a run copies it into the store, so that the hashed bytes are those read.
  let readFile: @Sendable (FilePath) throws -> Content

  /// The stages whose results must be known before `stage` can be resolved, in the order of its fields.
  func prerequisites(of stage: StageSpec) -> [String] {
    if stage.schema.consumesAllStages {
      // All but those that read, directly or not, from this one.
      let names = Set(stage.dependencies)
      return spec.topologicalOrder.map(\.name).filter { names.contains($0) }
    }
    var names: [String] = []
    for input in stage.parameters.inputs {
      guard case .stage(let reference) = input.source, !names.contains(reference.stage)
      else { continue }
      names.append(reference.stage)
    }
    return names
  }

  /// The names of `target` and of everything it needs, or of all stages for `nil`.
  ///
  /// - Throws: ``PipelineError`` if no stage is named `target`.
  func stages(upTo target: String?) throws(PipelineError) -> Set<String> {
    guard let target else { return Set(spec.stages.map(\.name)) }
    guard spec.stages.contains(where: { $0.name == target }) else {
      throw PipelineError(
        .unknownStage,
        "no stage is named “\(target)”; available: \(spec.stages.map(\.name).joined(separator: ", "))"
      )
    }
    var needed: Set<String> = [target]
    for stage in spec.topologicalOrder.reversed() where needed.contains(stage.name) {
      needed.formUnion(prerequisites(of: stage))
    }
    return needed
  }

  /// Computes the key of `stage`.
  ///
  /// - Parameters:
  ///   - stage: A stage of the spec.
  ///   - known: The results of the stages before it, by name.
  /// - Returns: `nil` if a stage before it has no result.
  /// - Throws: ``StoreError``, ``PipelineError`` for a local file that cannot be read.
  func resolve(_ stage: StageSpec, known: [String: StageOutcome]) throws -> ResolvedStage? {
    guard let step = catalog[stage.kind] else {
      throw PipelineError(.unknownStep, "no step is named “\(stage.kind)”")
    }
    var inputs: [String: Content] = [:]
    var upstream: [UpstreamStage] = []
    if stage.schema.consumesAllStages {
      for name in prerequisites(of: stage) {
        guard let outcome = known[name], let view = upstreamView(of: outcome) else { return nil }
        upstream.append(view)
        for (output, content) in outcome.outputs { inputs["\(name)/\(output)"] = content }
      }
    }
    for input in stage.parameters.inputs {
      switch input.source {
      case .stage(let reference):
        guard let content = known[reference.stage]?.outputs[reference.output] else { return nil }
        inputs[input.path] = content
      case .path(let path):
        inputs[input.path] = try importFile(path, for: stage, field: input.path)
      }
    }
    let seed = spec.seed(of: stage)
    let key = try KeyDocument(
      stage: stage, step: step, inputs: inputs, upstream: upstream, seed: seed)
    return ResolvedStage(
      spec: stage, step: step, inputs: inputs, upstream: upstream, seed: seed, key: key)
  }

  /// The content of a local file that a stage reads.
  private func importFile(
    _ path: String, for stage: StageSpec, field: String
  ) throws -> Content {
    do {
      return try readFile(FilePath(path))
    } catch let error as StoreError where error.isAboutRoom {
      // About the disk of the store, not the file.
      throw error
    } catch {
      let location = stage.inputs.first { $0.path == field }?.location
      let place = location.map { "\($0)" } ?? "stage “\(stage.name)”"
      throw PipelineError(
        .missingInput(path: path), "\(place): \(path) (`\(field)`) \(Self.reason(error, path))")
    }
  }

  /// Why a file cannot be read, as the end of a sentence.
  private static func reason(_ error: any Error, _ path: String) -> String {
    var errno = error as? Errno
    switch (error as? StoreError)?.code {
    case .notAFile?: errno = .isDirectory
    case .system(_, let found)?: errno = found
    default: break
    }
    return switch errno {
    case .noSuchFileOrDirectory? where path.hasPrefix("~"):
      "does not exist: `~` is not expanded here; write the whole path"
    case .noSuchFileOrDirectory?: "does not exist"
    case .isDirectory?:
      "is a folder, not a file; your own program can pack it into one file (Documentation/OwnData.md)"
    case let errno?: "cannot be read: \(errno)"
    case nil: "cannot be read: \(error)"
    }
  }

  private func upstreamView(of outcome: StageOutcome) -> UpstreamStage? {
    guard let key = outcome.key, outcome.state.hasResult,
      let stage = spec.stages.first(where: { $0.name == outcome.name })
    else { return nil }
    return UpstreamStage(
      name: stage.name, kind: stage.kind, key: key, parameters: stage.parameters,
      seed: stage.schema.usesSeed ? spec.seed(of: stage) : nil,
      outputs: outcome.outputs, metrics: outcome.metrics, reads: prerequisites(of: stage))
  }
}
