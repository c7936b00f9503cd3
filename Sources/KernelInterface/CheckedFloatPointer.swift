/// A pointer into a slice of floats that checks each access: reads within the slice and the floats behind it that may be read,
/// writes within the slice.
///
/// Debug builds work with it (`CHECKED_BOUNDS`). It is declared here, in baseline code, because the metadata of a struct brings
/// shared functions along, which modules for one instruction set must not hold.
///
/// It may point anywhere while nothing is read or written there.
@unsafe @frozen package struct CheckedFloatPointer {
  /// The first float of the slice.
  @usableFromInline let base: UnsafeMutablePointer<Float>
  /// Where this points, counted from `base`.
  @usableFromInline var position: Int
  /// Floats that may be written, and that may be read, from `base` on.
  @usableFromInline let writableCount: Int
  @usableFromInline let readableCount: Int

  @inlinable @inline(always)
  package init(_ base: UnsafeMutablePointer<Float>, count: Int, behind: Int) {
    unsafe self.base = base
    unsafe position = 0
    unsafe writableCount = count
    unsafe readableCount = count + behind
  }

  /// The same pointer, where only reading is wanted.
  @inlinable @inline(always)
  package init(_ other: CheckedFloatPointer) { unsafe self = other }

  /// The address of `length` floats from `index` on, to read.
  @inlinable @inline(always)
  package func readable(_ index: Int, _ length: Int) -> UnsafeRawPointer {
    let first = unsafe position + index
    unsafe precondition(
      first >= 0 && first + length <= readableCount,
      "a kernel reads outside of its slice")
    return unsafe UnsafeRawPointer(base + first)
  }

  /// The address of `length` floats from `index` on, to write.
  @inlinable @inline(always)
  package func writable(_ index: Int, _ length: Int) -> UnsafeMutableRawPointer {
    let first = unsafe position + index
    unsafe precondition(
      first >= 0 && first + length <= writableCount, "a kernel writes outside of its slice")
    return unsafe UnsafeMutableRawPointer(base + first)
  }

  /// Where this points, for a prefetch.
  @inlinable @inline(always)
  package var address: UnsafePointer<Float> { unsafe UnsafePointer(base + position) }

  @inlinable @inline(always)
  package subscript(index: Int) -> Float {
    get { unsafe readable(index, 1).load(as: Float.self) }
    nonmutating set { unsafe writable(index, 1).storeBytes(of: newValue, as: Float.self) }
  }

  @inlinable @inline(always)
  package static func + (pointer: CheckedFloatPointer, offset: Int) -> CheckedFloatPointer {
    var moved = unsafe pointer
    unsafe moved.position += offset
    return unsafe moved
  }

  @inlinable @inline(always)
  package static func += (pointer: inout CheckedFloatPointer, offset: Int) {
    unsafe pointer.position += offset
  }
}
