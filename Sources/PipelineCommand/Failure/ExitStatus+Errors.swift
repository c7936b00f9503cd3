internal import ArtifactStore
internal import Pipeline
internal import PipelineSpec
internal import SystemPackage

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
