internal import Synchronization

/// A request to stop, which a signal handler may set and a step checks between pieces of work.
public final class Cancellation: Sendable {
  private let signal = Atomic<Int32>(0)

  public init() {}

  /// Requests a stop because of the given signal number; the first one counts.
  ///
  /// Safe to call in a signal handler: one atomic instruction.
  public func request(signal number: Int32) {
    _ = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
  }

  /// Whether to stop at the next point where nothing is lost.
  public var isRequested: Bool { signal.load(ordering: .relaxed) != 0 }

  /// The signal that requested the stop, or `nil`.
  public var requestedSignal: Int32? {
    let number = signal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Throws the failure `cancelled` if a stop was requested.
  public func check() throws(StepFailure) {
    if isRequested { throw StepFailure(.cancelled, "interrupted") }
  }
}
