/// A reason why a worker pool cannot begin.
public struct WorkerPoolError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// The kernel refused a thread.
    case threadStart(errno: Int32, asked: Int)
    /// The calling thread flushes subnormals to zero or does not round to nearest.
    case floatEnvironment
  }

  public let code: Code

  public init(code: Code) {
    self.code = code
  }
}

extension WorkerPoolError: CustomStringConvertible {
  public var description: String {
    switch code {
    case .threadStart(let errno, let asked):
      "the system refused one of \(asked) threads (errno \(errno)); run with fewer --threads"
    case .floatEnvironment:
      "this thread flushes subnormal numbers to zero or does not round to nearest, so results would not be "
        + "reproducible; start the program without the library or flag that changes the floating-point mode"
    }
  }
}
