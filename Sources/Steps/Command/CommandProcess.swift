internal import Dispatch
internal import Pipeline
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// One execution of a program.
///
/// The program runs in its own session, so that Ctrl-C reaches only this process; processes that it
/// starts are ended with it.
struct CommandProcess {
  let words: [String]
  let folder: FilePath
  let environment: [String: String]
  let timeout: Double?
  let cancellation: Cancellation
  let seconds: @Sendable () -> Double

  /// How a program ended.
  enum Ending: Equatable, Sendable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)

    var description: String {
      switch self {
      case .exited(let code): "ended with exit code \(code)"
      case .signalled(let number): "was killed by signal \(number)"
      }
    }
  }

  /// How long the program may take to end after SIGTERM, before SIGKILL.
  private static let patience = Duration.seconds(5)

  /// Runs the program and passes its output to `log`.
  ///
  /// The thread waits here and checks the cancellation and the clock periodically, while the streams
  /// are read on others.
  ///
  /// - Throws: ``StepFailure`` if it cannot be started, is interrupted, or takes too long.
  func run(log: CommandLog) throws(StepFailure) -> Ending {
    let holder = Holder()
    let isDone = DispatchSemaphore(value: 0)
    let configuration = self.configuration
    let task = Task.detached {
      do {
        let ending = try await Self.execute(configuration, log: log)
        holder.outcome.withLock { $0 = .success(ending) }
      } catch {
        holder.outcome.withLock { $0 = .failure(error) }
      }
      isDone.signal()
    }
    let start = seconds()
    var reason: StepFailure?
    while isDone.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
      guard reason == nil else { continue }
      if cancellation.isRequested {
        reason = StepFailure(.cancelled, "interrupted")
      } else if let timeout, seconds() - start > timeout {
        reason = StepFailure(
          .failed, "\(words[0]) exceeded its `timeout` of \(timeout) s and was stopped")
      }
      if reason != nil { task.cancel() }
    }
    if let reason { throw reason }
    switch holder.outcome.withLock({ $0 }) {
    case .success(let ending): return ending
    case .failure(let error): throw failure(error)
    case nil: throw StepFailure(.failed, "\(words[0]) ended without an outcome")
    }
  }

  /// Where the task stores the outcome.
  private final class Holder: Sendable {
    let outcome = Mutex<Result<Ending, any Error>?>(nil)
  }

  private var configuration: Configuration {
    let program = words[0]
    let executable: Executable =
      program.hasPrefix("/")
      ? .path(FilePath(program))
      : program.contains("/") ? .path(folder.appending(program)) : .name(program)
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Self.patience)
    ]
    return Configuration(
      executable: executable, arguments: Arguments(Array(words.dropFirst())),
      environment: .custom(
        Dictionary(
          environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) },
          uniquingKeysWith: { $1 })),
      workingDirectory: folder, platformOptions: options)
  }

  private static func execute(
    _ configuration: Configuration, log: CommandLog
  ) async throws -> Ending {
    let result = try await Subprocess.run(
      configuration, input: .none, output: .sequence, error: .sequence
    ) { execution in
      async let errors: Void = read(execution.standardError, .stderr, log)
      try await read(execution.standardOutput, .stdout, log)
      try await errors
    }
    return switch result.terminationStatus {
    case .exited(let code): .exited(code)
    case .signaled(let number): .signalled(number)
    }
  }

  private static func read(
    _ sequence: SubprocessOutputSequence, _ stream: CommandLog.Stream, _ log: CommandLog
  ) async throws {
    for try await buffer in sequence {
      // SAFETY: the bytes are copied before the buffer is freed.
      log.append(unsafe buffer.withUnsafeBytes { unsafe Array($0) }, to: stream)
    }
    log.finish(stream)
  }

  private func failure(_ error: any Error) -> StepFailure {
    guard let error = error as? SubprocessError, error.code == .executableNotFound else {
      return StepFailure(.failed, "\(words[0]) cannot be run: \(error)")
    }
    return StepFailure(
      .failed,
      "there is no program “\(words[0])”; install it, give its whole path, or declare it under "
        + "`inputs` and call it ./NAME")
  }
}
