internal import Synchronization

/// Explains during a run why each stage runs, in the words of `status`.
///
/// Earlier runs are read once, on the first request. Where all answers together would
/// take longer than a fraction of a second, the rest is left to `explain`.
public final class RunReasons: Sendable {
  private struct State {
    var history: KeyHistory?
    var hasFailed = false
    var spent = 0.0
  }

  /// How long all answers of a run may take, in seconds.
  private static let patience = 0.25

  private let explainer: Explainer
  private let seconds: @Sendable () -> Double
  private let state = Mutex(State())

  /// - Parameters:
  ///   - explainer: Of the spec that runs, over the store that it runs with.
  ///   - seconds: A clock for durations.
  public init(_ explainer: Explainer, seconds: @escaping @Sendable () -> Double) {
    self.explainer = explainer
    self.seconds = seconds
  }

  /// Why the stage has another key than the nearest earlier result, or `nil` if unknown.
  func reason(for key: KeyDocument, of stage: String) -> String? {
    state.withLock { state in
      guard !state.hasFailed, state.spent < Self.patience else { return nil }
      let start = seconds()
      defer { state.spent += seconds() - start }
      if state.history == nil { state.history = try? explainer.quickHistory() }
      guard let history = state.history else {
        state.hasFailed = true
        return nil
      }
      return explainer.reason(for: key, of: stage, history)
    }
  }
}
