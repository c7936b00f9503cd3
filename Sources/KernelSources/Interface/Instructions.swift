package import KernelInterface

/// The kernels of this module's instruction set: methods over slices, each of which calls the function over pointers that begins
/// with `raw`.
///
/// A class, because the metadata of a struct would bring shared functions into the module.
package final class Instructions: KernelFunctions {
  package init() {}

  package var goldenCount: Int { goldenNumbers }

  package func runGolden(_ number: Int, _ scratch: FloatSlice) {
    precondition(number >= 0 && number < goldenNumbers, "no such golden")
    precondition(scratch.count == 4 * 65_536, "a golden needs 4 · 65,536 floats of scratch memory")
    // SAFETY: the scratch memory has the size that the goldens ask for.
    unsafe rawGoldenRun(number, pointer(scratch))
  }

  package func multiplyAddPeak(rounds: Int, seed: Float) -> (operations: Double, result: Float) {
    rawMultiplyAddPeak(rounds, seed)
  }
}
