package import KernelInterface
internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// The kernels of one instruction set: which machine code computes.
///
/// No instruction set or build mode changes a bit.
public struct KernelSet: Sendable {
  /// The level whose machine code runs.
  public let instructionSet: InstructionSet
  /// The functions of this level.
  package let functions: any KernelFunctions

  /// The kernels of the best level of this machine.
  ///
  /// - Throws: ``KernelsError`` if the processor is too old.
  public init() throws(KernelsError) {
    try self.init(InstructionSet.detected())
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
    functions =
      switch instructionSet {
      case .v2: KernelsV2.Instructions()
      case .v3: KernelsV3.Instructions()
      case .v4: KernelsV4.Instructions()
      }
  }

  /// Columns of a panel.
  package static var panelWidth: Int { 32 }

  /// Elements of a block of a long sum (rule 3).
  package static var sumBlock: Int { 4096 }

  /// Panels that hold `columns` columns.
  package static func panelCount(_ columns: Int) -> Int { (columns + 31) / 32 }

  /// Floats that panels of a depth × columns matrix need.
  package static func panelFloats(depth: Int, columns: Int) -> Int {
    panelCount(columns) * depth * panelWidth
  }

  /// How many goldens there are.
  package var goldenCount: Int { functions.goldenCount }

  /// The results of golden `number`: 131,072 floats that are the same on every machine.
  ///
  /// - Precondition: 0 ≤ number < `goldenCount`.
  /// - Complexity: some megaflops.
  package func golden(_ number: Int) -> [Float] {
    let part = 65_536
    let scratch = FloatStorage(count: 4 * part)
    functions.runGolden(number, scratch.all)
    return scratch.slice(2 * part..<4 * part).array
  }
}
