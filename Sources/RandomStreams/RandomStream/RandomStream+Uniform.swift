extension RandomStream {
  /// A uniform number in [0, 1), a multiple of 2⁻²⁴: the upper 24 bits of the next draw.
  public mutating func uniform() -> Float {
    Float(nextWord() &>> 8) * 0x1p-24
  }

  /// A uniform number in [low, high): fma(u, high − low, low), and the float below `high` where that rounds up to `high`.
  ///
  /// - Precondition: The range is finite and not empty.
  public mutating func uniform(in range: Range<Float>) -> Float {
    let width = range.upperBound - range.lowerBound
    precondition(width > 0 && width.isFinite, "a uniform number needs a finite range, not empty")
    let value = range.lowerBound.addingProduct(uniform(), width)
    return value < range.upperBound ? value : range.upperBound.nextDown
  }
}
