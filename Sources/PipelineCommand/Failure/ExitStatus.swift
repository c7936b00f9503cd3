internal import ArgumentParser

/// The exit codes of the command line, a contract (`Documentation/CommandLine.md`).
enum ExitStatus: Int32, CaseIterable {
  case success = 0
  /// A stage failed, a comparison or verification differs, `--require-cached` found work.
  case failure = 1
  case usage = 64
  case damagedData = 65
  case unavailable = 69
  case cannotCreate = 73
  case inputOutput = 74
  case lockTimeout = 75
  case invalidSpec = 78
  case interrupted = 130
  case terminated = 143

  /// The name of the code in JSON: a contract.
  var name: String {
    switch self {
    case .success: "success"
    case .failure: "failure"
    case .usage: "usage"
    case .damagedData: "damaged_data"
    case .unavailable: "unavailable"
    case .cannotCreate: "cannot_create"
    case .inputOutput: "input_output"
    case .lockTimeout: "lock_timeout"
    case .invalidSpec: "invalid_spec"
    case .interrupted: "interrupted"
    case .terminated: "terminated"
    }
  }

  /// What the code means, for the documentation.
  var meaning: String {
    switch self {
    case .success: "success"
    case .failure:
      "a stage failed, a comparison or verification differs, or --require-cached found work"
    case .usage: "the command line is invalid"
    case .damagedData: "damaged or malformed data"
    case .unavailable: "no download source is reachable"
    case .cannotCreate: "a file or folder cannot be created"
    case .inputOutput: "I/O error, including a full disk"
    case .lockTimeout: "another process held a lock for too long"
    case .invalidSpec: "the spec is invalid"
    case .interrupted: "interrupted (SIGINT), with a checkpoint written"
    case .terminated: "terminated (SIGTERM), with a checkpoint written"
    }
  }
}
