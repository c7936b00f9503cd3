internal import KernelInterface
internal import Kernels

/// Memory that is handed out by advancing a mark and taken back all at once.
///
/// Chunks are kept on `rewind`, so a loop that records the same operations again allocates nothing.
final class Arena {
  private var chunks: [FloatStorage] = []
  private var chunk = 0
  private var offset = 0

  /// The floats held in all chunks.
  var capacity: Int { chunks.reduce(0) { $0 + $1.count } }

  /// A slice of `count` floats, aligned to 64 bytes; what it holds is unspecified.
  ///
  /// At least 32 floats behind the slice belong to it as well, so that kernels may read whole panels.
  func allocate(_ count: Int) -> FloatSlice {
    let padded = (count + 63) & ~31
    let size = padded + PoisonedMemory.gap
    while chunk < chunks.count {
      if offset + size <= chunks[chunk].count { return take(count, padded) }
      chunk += 1
      offset = 0
    }
    chunks.append(FloatStorage(count: max(size, 1 << 16)))
    return take(count, padded)
  }

  /// The next `count` floats of the current chunk, which has room for `padded` of them and a gap.
  private func take(_ count: Int, _ padded: Int) -> FloatSlice {
    defer { offset += padded + PoisonedMemory.gap }
    let slice = chunks[chunk].slice(offset..<offset + count)
    PoisonedMemory.guardSlice(slice, count: padded)
    return slice
  }

  /// How far the arena has been handed out.
  var mark: (chunk: Int, offset: Int) {
    get { (chunk, offset) }
    set { (chunk, offset) = newValue }
  }

  /// Takes everything back.
  func rewind() {
    chunk = 0
    offset = 0
  }
}
