internal import Dispatch
internal import Synchronization

/// Asks the GPUs of this machine what they do, without waiting for a driver that does not answer.
///
/// A driver that hangs holds whoever asks it, and no signal ends that: hence a thread of the system's pool asks, and is
/// waited for only so long. Nobody asks while an answer is due, nor ever again after some that came late, one after the
/// other.
final class GPUMeter: Sendable {
  typealias Reading = @Sendable () -> [GPUUsage]

  private struct State {
    var isOpened = false
    /// How the GPUs are read; `nil` before they have been looked for, and where there are none.
    var reading: Reading?
    var isAsking = false
    var lateAnswers = 0
  }

  private final class Answer: Sendable {
    let usage = Mutex<[GPUUsage]>([])
    let isThere = DispatchSemaphore(value: 0)
  }

  /// How often in a row an answer may come late.
  static let lateLimit = 3

  private let open: @Sendable () -> Reading?
  private let patience: Double
  private let state = Mutex(State())

  /// - Parameters:
  ///   - patience: The seconds that an answer may take.
  ///   - open: Looks for GPUs, once, when they are first asked.
  init(
    patience: Double = 0.1, open: @escaping @Sendable () -> Reading? = { GPUDevices()?.usage }
  ) {
    self.patience = patience
    self.open = open
  }

  /// What each GPU does now; nothing where there is none, or where the answer takes too long.
  func measure() -> [GPUUsage] {
    let mayAsk = state.withLock { state in
      let hasNone = state.isOpened && state.reading == nil
      if hasNone || state.isAsking || state.lateAnswers >= Self.lateLimit { return false }
      state.isAsking = true
      return true
    }
    guard mayAsk else { return [] }
    let answer = Answer()
    DispatchQueue.global().async { [self] in ask(for: answer) }
    let isInTime = answer.isThere.wait(timeout: .now() + patience) == .success
    state.withLock { $0.lateAnswers = isInTime ? 0 : $0.lateAnswers + 1 }
    return isInTime ? answer.usage.withLock { $0 } : []
  }

  private func ask(for answer: Answer) {
    let known = state.withLock { $0.isOpened ? $0.reading : nil }
    // Neither is done under the lock, where all others would wait too.
    let reading = known ?? open()
    let usage = reading?() ?? []
    answer.usage.withLock { $0 = usage }
    state.withLock { state in
      state.isOpened = true
      state.reading = reading
      state.isAsking = false
    }
    answer.isThere.signal()
  }
}
