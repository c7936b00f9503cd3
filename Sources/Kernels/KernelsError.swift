/// A reason why the kernels cannot run on this machine as asked.
public struct KernelsError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// The processor lacks SSE4.2 or another part of x86-64-v2.
    case processorTooOld
    /// The asked level is above what the processor and operating system offer.
    case notAvailable(asked: InstructionSet, best: InstructionSet)
  }

  public let code: Code

  public init(code: Code) {
    self.code = code
  }
}

extension KernelsError: CustomStringConvertible {
  public var description: String {
    switch code {
    case .processorTooOld:
      "this processor is older than x86-64-v2 (SSE4.2 and POPCNT are required); run on a newer machine"
    case .notAvailable(let asked, let best):
      "the instruction set \(asked.rawValue) was asked for, but this machine offers \(best.rawValue) at most; "
        + "use --isa \(best.rawValue) or --isa auto (the results are the same bits)"
    }
  }
}
