internal import KernelsV2
internal import KernelsV3
internal import KernelsV4

/// Small runs of every kernel whose digests prove that two machines compute the same bits.
extension KernelSet {
  /// How many goldens there are.
  public static var goldenCount: Int { KernelsV2.goldenCount() }

  /// The digest of golden `number`, the same on every machine.
  ///
  /// - Precondition: 0 ≤ number < `goldenCount`.
  /// - Complexity: some megaflops.
  public func goldenDigest(_ number: Int) -> UInt64 {
    precondition(number >= 0 && number < KernelSet.goldenCount, "no such golden")
    let scratch = UnsafeMutablePointer<Float>.allocate(capacity: 4 * 65_536)
    // SAFETY: the scratch memory has the size that the kernels ask for, and is freed here.
    defer { unsafe scratch.deallocate() }
    switch instructionSet {
    case .v2: return unsafe KernelsV2.goldenDigest(number, scratch)
    case .v3: return unsafe KernelsV3.goldenDigest(number, scratch)
    case .v4: return unsafe KernelsV4.goldenDigest(number, scratch)
    }
  }
}
