/// Floats in one block aligned to 64 bytes, zero at first, freed with their last owner.
@safe package final class FloatStorage {
  /// The first element.
  private let base: UnsafeMutablePointer<Float>
  /// The number of elements.
  package let count: Int

  /// Allocates `count` zeros.
  package init(count: Int) {
    // SAFETY: the block is bound to Float and initialised over its whole length before anybody sees it.
    let capacity = count + FloatSlice.readableBehind
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: capacity * MemoryLayout<Float>.stride, alignment: 64)
    unsafe base = raw.bindMemory(to: Float.self, capacity: capacity)
    unsafe base.initialize(repeating: 0, count: capacity)
    self.count = count
  }

  deinit {
    // SAFETY: `base` came from `allocate` in `init`, and no slice outlives the storage (see ``FloatSlice``).
    unsafe base.deallocate()
  }

  /// Copies floats.
  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    all.assign(values)
  }

  /// Elements `range` of the storage.
  package func slice(_ range: Range<Int>) -> FloatSlice {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a slice leaves its storage")
    // SAFETY: the range lies inside the block.
    return unsafe FloatSlice(base: base + range.lowerBound, count: range.count)
  }

  /// All elements.
  package var all: FloatSlice { slice(0..<count) }
}
