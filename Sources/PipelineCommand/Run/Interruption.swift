internal import Glibc
internal import Pipeline

/// Turns SIGINT and SIGTERM into a request to stop; a second signal ends the process immediately.
///
/// The store stays valid either way: a result is visible only when it is complete.
enum Interruption {
  /// The request that the handler sets.
  ///
  /// Created before the handler is installed.
  static let cancellation = Cancellation()

  /// Installs the handlers and returns what they set.
  static func install() -> Cancellation {
    let cancellation = Self.cancellation
    unblock([SIGINT, SIGTERM])
    for number in [SIGINT, SIGTERM] {
      // The handler touches one atomic and calls `_exit`, both safe in a signal handler.
      _ = signal(number) { number in
        if Interruption.cancellation.isRequested { _exit(128 + number) }
        Interruption.cancellation.request(signal: number)
      }
    }
    // A closed pipe is a failed write and must not kill the process.
    _ = signal(SIGPIPE, SIG_IGN)
    return cancellation
  }

  /// Unblocks the signals, which a parent process may have blocked.
  private static func unblock(_ numbers: [Int32]) {
    var signals = sigset_t()
    // SAFETY: the set outlives the calls, which write or read it only.
    unsafe sigemptyset(&signals)
    for number in numbers { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
