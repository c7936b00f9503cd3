public import ContentAddressing

/// Receives the progress and the events of a step.
///
/// Nothing here reaches an output: it is shown, and kept in the events of the run.
public struct ProgressSink: Sendable {
  private let receive: @Sendable (StepEvent) -> Void

  public init(_ receive: @escaping @Sendable (StepEvent) -> Void) { self.receive = receive }

  /// Reports how much of the work is done.
  ///
  /// - Parameters:
  ///   - fraction: From 0 to 1.
  ///   - text: What a progress line shows beside it, for example `epoch 3/10 · loss 0.21`.
  public func report(_ fraction: Double, _ text: String) { receive(.progress(fraction, text)) }

  /// Says something worth a line, for example that a mirror did not answer.
  public func note(_ text: String) { receive(.note(text)) }

  /// Records an event of the step's own kind, for example `epoch`.
  public func event(_ kind: String, _ members: [String: CanonicalValue]) {
    receive(.event(kind, members))
  }
}

/// A message of a running step.
public enum StepEvent: Sendable {
  case progress(Double, String)
  case note(String)
  case event(String, [String: CanonicalValue])
}
