internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Small runs of every kernel whose digests prove that two machines compute the same bits.
extension KernelSet {
  /// How many goldens there are.
  public static var goldenCount: Int { KernelsV2.goldenCount() }

  /// Calls `body` with the results of golden `number`, 524,288 bytes that are the same on every machine.
  ///
  /// - Precondition: 0 ≤ number < `goldenCount`.
  /// - Complexity: some megaflops.
  public func withGolden<Result>(
    _ number: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    precondition(number >= 0 && number < KernelSet.goldenCount, "no such golden")
    let part = 65_536
    let scratch = UnsafeMutablePointer<Float>.allocate(capacity: 4 * part)
    // SAFETY: the scratch memory has the size that the kernels ask for, holds numbers after the run, and is freed here.
    defer { unsafe scratch.deallocate() }
    switch instructionSet {
    case .v2: unsafe KernelsV2.goldenRun(number, scratch)
    case .v3: unsafe KernelsV3.goldenRun(number, scratch)
    case .v4: unsafe KernelsV4.goldenRun(number, scratch)
    }
    return try unsafe body(UnsafeRawBufferPointer(start: scratch + 2 * part, count: 8 * part))
  }
}
