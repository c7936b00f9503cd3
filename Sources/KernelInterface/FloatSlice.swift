/// A run of floats inside a ``FloatStorage``: what kernels work on.
///
/// A slice does not keep its storage alive; whoever hands one out does: a tape through its arena, a parameter through
/// its own reference. Access by subscript is checked.
@safe package struct FloatSlice {
  /// The first element; valid for `count` elements.
  package let base: UnsafeMutablePointer<Float>
  /// The number of elements.
  package let count: Int

  /// Floats behind any slice that kernels may read, and that its storage owns: they read whole panels.
  package static let readableBehind = 32

  init(base: UnsafeMutablePointer<Float>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// One element.
  package subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "an index leaves its slice")
      // SAFETY: the index was checked.
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "an index leaves its slice")
      // SAFETY: the index was checked.
      unsafe base[index] = newValue
    }
  }

  /// Part `index` of the slice, cut into parts of `size` elements.
  package func part(_ index: Int, of size: Int) -> FloatSlice {
    self[index * size..<(index + 1) * size]
  }

  /// Elements `range` of the slice.
  package subscript(range: Range<Int>) -> FloatSlice {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range leaves its slice")
    // SAFETY: the range lies inside the slice.
    return unsafe FloatSlice(base: base + range.lowerBound, count: range.count)
  }

  /// The elements from `range.lowerBound` on.
  package subscript(range: PartialRangeFrom<Int>) -> FloatSlice { self[range.lowerBound..<count] }

  /// Whether both slices begin at the same element.
  package func begins(with other: FloatSlice) -> Bool {
    // SAFETY: addresses are compared, nothing is read.
    unsafe base == other.base
  }

  /// The elements as an array.
  package var array: [Float] {
    // SAFETY: `count` elements are readable.
    unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Sets every element.
  package func fill(_ value: Float) {
    // SAFETY: `count` elements are writable.
    unsafe base.update(repeating: value, count: count)
  }

  /// Copies the elements of an array of the same length.
  package func assign(_ values: [Float]) {
    precondition(values.count == count, "\(values.count) values for a slice of \(count)")
    for index in 0..<count { self[index] = values[index] }
  }

  /// Copies the elements of a span of the same length.
  package func assign(_ values: Span<Float>) {
    precondition(values.count == count, "\(values.count) values for a slice of \(count)")
    unsafe values.withUnsafeBufferPointer { buffer in
      guard let source = buffer.baseAddress else { return }
      // SAFETY: both hold `count` elements.
      unsafe base.update(from: source, count: count)
    }
  }

  /// Copies the elements of another slice of the same length.
  package func assign(_ other: FloatSlice) {
    precondition(other.count == count, "\(other.count) values for a slice of \(count)")
    // SAFETY: both hold `count` elements; `update` allows overlap, and a copy onto itself is none.
    guard unsafe base != other.base else { return }
    unsafe base.update(from: other.base, count: count)
  }

  /// Copies the elements of a slice of at most the same length, and zeros after them.
  package func assignPadded(_ other: FloatSlice) {
    self[0..<other.count].assign(other)
    self[other.count..<count].fill(0)
  }

  /// Calls `body` with the elements as a span.
  package func withMutableSpan<Result, Failure: Error>(
    _ body: (inout MutableSpan<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: the span covers exactly the slice and does not outlive the call.
    var span = unsafe MutableSpan(_unsafeStart: base, count: count)
    return try body(&span)
  }
}
