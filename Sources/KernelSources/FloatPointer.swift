internal import KernelInterface

#if CHECKED_BOUNDS
  typealias FloatPointer = CheckedFloatPointer
  typealias MutableFloatPointer = FloatPointer
#else
  typealias FloatPointer = UnsafePointer<Float>
  typealias MutableFloatPointer = UnsafeMutablePointer<Float>
#endif

/// A pointer to the first float of a slice.
@inline(always)
func pointer(_ slice: FloatSlice) -> MutableFloatPointer {
  #if CHECKED_BOUNDS
    unsafe FloatPointer(slice.base, count: slice.count, behind: FloatSlice.readableBehind)
  #else
    unsafe slice.base
  #endif
}

/// A pointer to the first word of a slice.
@inline(always)
func pointer(_ slice: WordSlice) -> UnsafeMutablePointer<UInt32> { unsafe slice.base }

/// A pointer to the first float of a buffer, unless it is empty.
@inline(always)
func pointer(_ buffer: UnsafeMutableBufferPointer<Float>) -> MutableFloatPointer? {
  #if CHECKED_BOUNDS
    guard let base = buffer.baseAddress else { return nil }
    return unsafe FloatPointer(base, count: buffer.count, behind: 0)
  #else
    return buffer.baseAddress
  #endif
}

/// The address of `count` floats from `x[index]` on, to read.
@inline(always)
func readable(_ x: FloatPointer, _ index: Int, _ count: Int) -> UnsafeRawPointer {
  #if CHECKED_BOUNDS
    unsafe x.readable(index, count)
  #else
    unsafe UnsafeRawPointer(x + index)
  #endif
}

/// The address of `count` floats from `y[index]` on, to write.
@inline(always)
func writable(_ y: MutableFloatPointer, _ index: Int, _ count: Int) -> UnsafeMutableRawPointer {
  #if CHECKED_BOUNDS
    unsafe y.writable(index, count)
  #else
    unsafe UnsafeMutableRawPointer(y + index)
  #endif
}

/// The elements of the result `y` of a map, none of whose arguments may be shorter.
@inline(always)
func elements(_ y: FloatSlice, _ a: FloatSlice) -> Int {
  precondition(a.count >= y.count, "an argument of a kernel is shorter than its result")
  return y.count
}

@inline(always)
func elements(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice) -> Int {
  min(elements(y, a), elements(y, b))
}

@inline(always)
func elements(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice, _ c: FloatSlice) -> Int {
  min(elements(y, a, b), elements(y, c))
}
