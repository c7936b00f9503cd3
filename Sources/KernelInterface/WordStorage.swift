/// Unsigned 32-bit words in one block, zero at first, freed with their last owner: class labels and sample numbers.
@safe package final class WordStorage {
  /// The first word; valid for `count` words while the storage lives.
  private let base: UnsafeMutablePointer<UInt32>
  /// The number of words.
  package let count: Int

  /// Allocates `count` zeros.
  package init(count: Int) {
    // SAFETY: the block is initialised over its whole length before anybody sees it.
    unsafe base = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: 0, count: max(count, 1))
    self.count = count
  }

  /// Copies words.
  package convenience init(_ words: [UInt32]) {
    self.init(count: words.count)
    for (index, word) in words.enumerated() { self[index] = word }
  }

  /// All words.
  package var all: WordSlice {
    // SAFETY: the slice is the whole block.
    unsafe WordSlice(base: base, count: count)
  }

  deinit {
    // SAFETY: `base` came from `allocate` in `init`.
    unsafe base.deallocate()
  }

  /// One word.
  package subscript(index: Int) -> UInt32 {
    get {
      precondition(index >= 0 && index < count, "an index leaves its storage")
      // SAFETY: the index was checked.
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count, "an index leaves its storage")
      // SAFETY: the index was checked.
      unsafe base[index] = newValue
    }
  }

  /// Calls `body` with words `range` as a span.
  package func withMutableSpan<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (inout MutableSpan<UInt32>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range leaves its storage")
    // SAFETY: the range was checked, and the span does not outlive the call.
    var span = unsafe MutableSpan(_unsafeStart: base + range.lowerBound, count: range.count)
    return try body(&span)
  }
}

/// A run of words inside a ``WordStorage``, which it does not keep alive.
@safe package struct WordSlice {
  /// The first word; valid for `count` words.
  package let base: UnsafeMutablePointer<UInt32>
  /// The number of words.
  package let count: Int

  init(base: UnsafeMutablePointer<UInt32>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// The words from `range.lowerBound` on.
  package subscript(range: PartialRangeFrom<Int>) -> WordSlice {
    precondition(range.lowerBound >= 0 && range.lowerBound <= count, "a range leaves its slice")
    // SAFETY: the range lies inside the slice.
    return unsafe WordSlice(base: base + range.lowerBound, count: count - range.lowerBound)
  }
}
