internal import CPosix
package import KernelInterface

/// Gaps between slices of one block, which a build with the address sanitizer watches (`make sanitize`).
///
/// A kernel that leaves its slice would otherwise read the slice before or behind it, and the sanitizer would see one block.
package enum PoisonedMemory {
  /// Floats of a gap: more than the rows by which a window could miss an image.
  ///
  /// None without the sanitizer.
  package static let gap = posix_has_address_sanitizer() ? 1024 : 0

  /// Allows access to `count` floats from the beginning of `slice`, and forbids it to the gap behind them.
  ///
  /// The caller owns `count + gap` floats.
  package static func guardSlice(_ slice: FloatSlice, count: Int) {
    guard gap > 0 else { return }
    // SAFETY: the addresses are marked, not read.
    unsafe posix_unpoison(slice.base, count * MemoryLayout<Float>.stride)
    unsafe posix_poison(slice.base + count, gap * MemoryLayout<Float>.stride)
  }
}
