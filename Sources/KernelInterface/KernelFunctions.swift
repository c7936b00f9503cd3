/// The arithmetic of the product, as one instruction set's module implements it.
///
/// Every function is single-threaded and works on slices that the caller owns for the duration of the call. Callers split work
/// into ranges; no split, instruction set or build mode changes a bit. A slice must hold the elements that the documentation names;
/// functions may read up to ``FloatSlice/readableBehind`` floats behind a slice, and never write there. A build with
/// `CHECKED_BOUNDS`, as every debug build is, checks each load and store against its slice.
package protocol KernelFunctions: Sendable, ActivationKernels, ConvolutionKernels,
  ElementaryKernels,
  ElementwiseKernels, LossKernels, MatrixProductKernels, NormalizationKernels, OptimizerKernels,
  PanelKernels,
  PoolingKernels, RandomNumberKernels, ReductionKernels, SamplingKernels, SmoothActivationKernels
{
  /// How many goldens there are: small runs of every kernel whose digests prove that two machines compute the same bits.
  var goldenCount: Int { get }

  /// Runs golden `number` in scratch memory of 4 · 65,536 floats; its results are the second half.
  func runGolden(_ number: Int, _ scratch: FloatSlice)

  /// Work for benchmarks: fused multiply-adds that touch no memory, and how many floating-point operations were done.
  func multiplyAddPeak(rounds: Int, seed: Float) -> (operations: Double, result: Float)
}
