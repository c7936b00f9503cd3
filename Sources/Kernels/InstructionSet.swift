internal import CPosix

/// A level of the x86-64 instruction set that the kernels are built for.
///
/// The level changes the speed and never a bit. On other architectures `v2` stands for the baseline.
public enum InstructionSet: String, Sendable, CaseIterable, Comparable {
  /// SSE4.2, without a fused multiply-add: exact and slow.
  case v2
  /// AVX2 and FMA.
  case v3
  /// AVX-512 F, BW, CD, DQ and VL.
  case v4

  public static func < (a: InstructionSet, b: InstructionSet) -> Bool {
    a.rawValue < b.rawValue
  }

  /// The best level of this processor and operating system.
  ///
  /// - Throws: ``KernelsError`` with the code `processorTooOld` below x86-64-v2.
  public static func detected() throws(KernelsError) -> InstructionSet {
    switch cposix_x86_level() {
    case 4...: .v4
    case 3: .v3
    case 2: .v2
    default: throw KernelsError(code: .processorTooOld)
    }
  }

  /// The levels that can run here, lowest first.
  public static var available: [InstructionSet] {
    guard let best = try? detected() else { return [] }
    return allCases.filter { $0 <= best }
  }
}
