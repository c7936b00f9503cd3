internal import CPosix

/// Gaps between slices of one block, which a build with the address sanitizer watches (`make sanitize`).
///
/// A kernel that leaves its slice would otherwise read the slice before or behind it, and the sanitizer would see one block.
public enum PoisonedMemory {
  /// Floats of a gap: more than the rows by which a window could miss an image.
  ///
  /// None without the sanitizer.
  public static let gap = posix_has_address_sanitizer() ? 1024 : 0

  /// Allows access to `count` floats from `base`, and forbids it to the gap behind them.
  ///
  /// The caller owns `count + gap` floats.
  public static func guardSlice(_ base: UnsafeMutablePointer<Float>, count: Int) {
    guard gap > 0 else { return }
    // SAFETY: the addresses are marked, not read.
    unsafe posix_unpoison(base, count * MemoryLayout<Float>.stride)
    unsafe posix_poison(base + count, gap * MemoryLayout<Float>.stride)
  }
}
