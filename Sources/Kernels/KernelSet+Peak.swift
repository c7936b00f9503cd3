internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

extension KernelSet {
  /// Work for benchmarks: fused multiply-adds that touch no memory.
  ///
  /// Returns how many floating-point operations were done.
  public func multiplyAddPeak(rounds: Int, seed: Float) -> (operations: Double, result: Float) {
    var operations = 0.0
    let result: Float
    // SAFETY: `operations` outlives the call.
    switch instructionSet {
    case .v2: result = unsafe KernelsV2.multiplyAddPeak(rounds, seed, &operations)
    case .v3: result = unsafe KernelsV3.multiplyAddPeak(rounds, seed, &operations)
    case .v4: result = unsafe KernelsV4.multiplyAddPeak(rounds, seed, &operations)
    }
    return (operations, result)
  }
}
