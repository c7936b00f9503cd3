/// The arithmetic of the product, for one instruction set.
///
/// Every method is a single-threaded function over memory that the caller owns. Callers split work into ranges; no split,
/// instruction set or build mode changes a bit.
public struct KernelSet: Sendable, Hashable {
  /// The level whose machine code runs.
  public let instructionSet: InstructionSet

  /// The kernels of the best level of this machine.
  ///
  /// - Throws: ``KernelsError`` if the processor is too old.
  public init() throws(KernelsError) {
    instructionSet = try InstructionSet.detected()
  }

  /// The kernels of a chosen level.
  ///
  /// - Throws: ``KernelsError`` if this machine cannot run that level.
  public init(_ instructionSet: InstructionSet) throws(KernelsError) {
    let best = try InstructionSet.detected()
    guard instructionSet <= best else {
      throw KernelsError(code: .notAvailable(asked: instructionSet, best: best))
    }
    self.instructionSet = instructionSet
  }

  /// Columns of a panel.
  public static var panelWidth: Int { 32 }

  /// Elements of a block of a long sum (rule 3).
  public static var sumBlock: Int { 4096 }

  /// Panels that hold `columns` columns.
  public static func panelCount(_ columns: Int) -> Int { (columns + 31) / 32 }

  /// Floats that panels of a depth × columns matrix need.
  public static func panelFloats(depth: Int, columns: Int) -> Int {
    panelCount(columns) * depth * panelWidth
  }
}
