internal import ArgumentParser
internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Steps
internal import SystemPackage

/// `pipeline verify`: computes a recorded run again and compares every digest.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute a run and compare its digests.",
    usage: "pipeline verify [<options>] [<run>]",
    discussion: """
      Recomputes each stage from its recorded inputs and compares every digest. Writes an attestation
      for each proved stage. Exits with 1 if something differs, and shows where.

      EXAMPLES
        pipeline verify
        pipeline verify 01KBX3 --stage train --threads 1 --isa v2
      """)

  @OptionGroup var shared: SharedOptions
  @OptionGroup var execution: ExecutionOptions

  @Argument(
    help: ArgumentHelp(
      "A run id, an id prefix, a tag, latest, or the key of a stage.", valueName: "run"))
  var name = "latest"

  @Option(name: .long, help: ArgumentHelp("Verify this stage only.", valueName: "stage"))
  var stage: String?

  func run() throws {
    let resources = try execution.resources()
    let location = StoreLocation(shared)
    let record = try RunCatalog(store: try location.openForReading()).record(named: name)
    let stages = record.stages.map(\.name)
    if let stage, !stages.contains(stage) {
      throw CommandError(
        .usage,
        UnknownName(kind: "stage of run \(record.id)", name: stage, known: stages).description)
    }
    let store = try location.open()
    defer { try? store.close() }
    let scratch = try ArtifactStore(at: try store.scratchFolder(), mode: .createIfMissing)
    defer { try? scratch.close() }
    let report = VerifyReport(record: record, shared: shared)
    let verifier = Verifier(
      store: store, scratch: scratch, catalog: StepLibrary.catalog, resources: resources,
      cancellation: Interruption.install(), monotonicSeconds: Clock.monotonicSeconds,
      locate: DifferencePlace.find)
    report.begin()
    var verified: [StageVerification] = []
    do {
      try verifier.verify(record, spec: try specification(of: record, in: store), only: stage) {
        if $0.state == .proved { try attest($0, of: record, resources, in: store) }
        verified.append($0)
        report.write($0)
      }
    } catch let failure as StepFailure where failure.code == .cancelled {
      report.end(verified, isInterrupted: true)
      throw CommandError(ExitStatus(of: failure), "")
    }
    report.end(verified, isInterrupted: false)
    if verified.contains(where: { $0.state == .differs || $0.state == .otherKey }) {
      throw CommandError(.failure, "")
    }
    if let failure = verified.compactMap(\.failure).first {
      throw CommandError(ExitStatus(of: failure), "")
    }
  }

  /// The spec of a run, parsed from the text in its record.
  private func specification(
    of record: PipelineRun, in store: ArtifactStore
  ) throws -> PipelineSpec {
    guard let content = record.specification else {
      throw CommandError(
        .damagedData, "the record of run \(record.id) has no spec, so the run cannot be recomputed")
    }
    return try SpecParser(catalog: StepLibrary.catalog.schemas).parse(
      try store.read(content), file: record.file, overrides: record.overrides)
  }

  /// Adds an attestation to the key: machine, time, means and outputs of the recomputation.
  private func attest(
    _ stage: StageVerification, of record: PipelineRun, _ resources: StepResources,
    in store: ArtifactStore
  ) throws {
    guard let key = stage.key else { return }
    try store.addAttestation(
      [
        "schema": "pipeline.attestation/1", "run": .string(record.id),
        "stage": .string(stage.name), "step": .string(stage.kind),
        "outputs": .object(stage.outputs.mapValues { .content($0) }),
        "seconds": .double(stage.seconds), "time": .double(Clock.wallSeconds()),
        "environment": .object(
          Machine.environment(
            threads: resources.threads, instructionSet: resources.instructionSet)),
      ], to: key)
  }
}
