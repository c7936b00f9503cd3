internal import ArtifactStore
internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import SystemPackage

/// A failure of a run as the user reads it: what, where, why, and the next command.
struct FailureText {
  private let failure: any Error
  private let record: PipelineRun
  private let style: Style

  init(_ failure: any Error, record: PipelineRun, style: Style) {
    self.failure = failure
    self.record = record
    self.style = style
  }

  var text: String {
    let stage = record.stages.first { $0.state == .failed }
    if let failure = failure as? StepFailure, failure.code == .cancelled {
      let name = stage.map { " in “\($0.name.shown)”" } ?? ""
      return "\(style.yellow("interrupted"))\(name); go on with: pipeline run \(record.file.shown)"
    }
    let head = stage.map { "stage “\($0.name.shown)” failed: " } ?? ""
    return "\(style.red("error")): \(head)\("\(failure)".shown)\(kept(by: stage))"
  }

  /// Where the stage can go on, if it left a checkpoint.
  private func kept(by stage: StageOutcome?) -> String {
    guard let position = stage?.keptCheckpoint else { return "" }
    let place = (position.object ?? [:]).sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.plainJSON())" }.joined(separator: ", ")
    return
      "\nThe last checkpoint (\(place.shown)) is kept; go on with: pipeline run \(record.file.shown)"
  }
}

extension ExitStatus {
  /// The exit code that belongs to an error of a library.
  init(of error: any Error) {
    switch error {
    case let error as CommandError: self = error.status
    case is SpecError: self = .invalidSpec
    case let error as StepFailure: self.init(of: error.code)
    case let error as PipelineError: self.init(of: error.code)
    case let error as StoreError: self.init(of: error)
    default: self = .failure
    }
  }

  private init(of code: StepFailure.Code) {
    switch code {
    case .failed: self = .failure
    case .malformedData: self = .damagedData
    case .unavailable: self = .unavailable
    case .inputOutput: self = .inputOutput
    case .invalidSpec: self = .invalidSpec
    case .cancelled:
      self = Interruption.cancellation.requestedSignal == 15 ? .terminated : .interrupted
    }
  }

  private init(of error: StoreError) {
    switch error.code {
    case .storeMissing, .invalidName: self = .usage
    case .notAStore, .readOnly: self = .cannotCreate
    case .newerFormat, .missingObject, .damagedObject, .damagedRecord: self = .damagedData
    case .system(_, .permissionDenied), .system(_, .readOnlyFileSystem): self = .cannotCreate
    case .system, .diskFull, .notAFile: self = .inputOutput
    case .conflict, .unencodable: self = .failure
    case .lockTimeout: self = .lockTimeout
    case .waitingCancelled: self.init(of: StepFailure.Code.cancelled)
    }
  }

  private init(of code: PipelineError.Code) {
    switch code {
    case .unknownStage, .unknownRun: self = .usage
    case .unknownStep: self = .invalidSpec
    case .missingInput: self = .invalidSpec
    case .damagedRecord: self = .damagedData
    }
  }
}
