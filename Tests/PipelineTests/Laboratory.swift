import ArtifactStore
import ContentAddressing
import Foundation
import Pipeline
import PipelineSpec
import SystemPackage

/// A store of its own and a spec, in which pipelines of echoes run.
final class Laboratory {
  let folder: URL
  /// Made at its first use: it costs more than all that is asked of it.
  private var opened: ArtifactStore?
  private let text: String
  private var time = 1_000_000
  private var specs: [[String]: PipelineSpec] = [:]

  /// In memory where the machine has a file system for that: `fsync` is not what is tried here.
  init(_ text: String) throws {
    let shared = URL(filePath: "/dev/shm")
    let base =
      FileManager.default.isWritableFile(atPath: shared.path)
      ? shared : FileManager.default.temporaryDirectory
    folder = base.appending(path: "pipeline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["one", "two"] {
      try Data(name.utf8).write(to: folder.appending(path: "\(name).bin"))
    }
    self.text = text.replacingOccurrences(of: "FOLDER", with: folder.path)
  }

  private func store() throws -> ArtifactStore {
    if let opened { return opened }
    let store = try ArtifactStore(at: FilePath(folder.path + "/store"), mode: .createIfMissing)
    opened = store
    return store
  }

  deinit {
    try? opened?.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The spec with overrides, in which `FOLDER` stands for the folder.
  func spec(_ overrides: [String]) throws(SpecError) -> PipelineSpec {
    if let known = specs[overrides] { return known }
    let spec = try SpecParser(catalog: StepCatalog.echoes.schemas).parse(
      Array(text.utf8), file: "spec.yaml",
      overrides: overrides.map { $0.replacingOccurrences(of: "FOLDER", with: folder.path) })
    specs[overrides] = spec
    return spec
  }

  /// What a run would do: the state of each stage, and why.
  func plan(
    _ overrides: [String], _ options: RunOptions = RunOptions()
  ) throws -> [StagePlan] {
    let spec = try spec(overrides)
    return try explainer(overrides).explained(
      Planner(store: store(), catalog: .echoes).plan(spec, options: options))
  }

  private func explainer(_ overrides: [String]) throws -> Explainer {
    Explainer(
      spec: try spec(overrides), written: try? spec([]), overrides: overrides,
      store: try store(), catalog: .echoes)
  }

  func explanation(of stage: String, _ overrides: [String]) throws -> StageExplanation {
    try explainer(overrides).explanation(of: stage, against: nil, environment: [:])
  }

  /// Runs, and returns the record; where `stopped` begins, the user stops the run.
  @discardableResult
  func run(
    _ overrides: [String], _ options: RunOptions = RunOptions(), stopping stopped: String? = nil
  ) throws -> PipelineRun {
    time += 1000
    let store = try store()
    let run = try store.beginRun(milliseconds: UInt64(time), randomBits: (0, UInt64(time)))
    let cancellation = Cancellation()
    let runner = Runner(
      store: store, catalog: .echoes, options: options, cancellation: cancellation, run: run.id,
      command: "run", milliseconds: time, monotonicSeconds: { 0 }
    ) { event in
      if case .stageStarted(let name, _, _) = event, name == stopped {
        cancellation.request(signal: SIGINT)
      }
    }
    let begun = PipelineRun(
      id: run.id.description, name: "trial", file: "spec.yaml", arguments: ["run", "spec.yaml"],
      overrides: overrides, started: Double(time) / 1000, environment: [:])
    let (record, _) = try runner.run(try spec(overrides), record: begun)
    try run.close(record.value, results: record.results, objects: record.objects)
    return record
  }
}
