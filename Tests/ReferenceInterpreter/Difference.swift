/// The first element in which two arrays do not have the same bits.
public struct Difference: CustomStringConvertible {
  public let index: Int
  public let expected: Float
  public let found: Float
  public let count: Int

  public var description: String {
    let bits = "\(hexadecimal(found)) instead of \(hexadecimal(expected))"
    return "element \(index): \(found) (\(bits), \(expected)), \(count) elements differ"
  }

  private func hexadecimal(_ x: Float) -> String { "0x" + String(x.bitPattern, radix: 16) }
}

/// Compares arrays bit by bit; all NaN are the same.
///
/// - Returns: The first difference; nil if there is none.
public func difference(expected: [Float], found: [Float]) -> Difference? {
  guard expected.count == found.count else {
    return Difference(
      index: min(expected.count, found.count), expected: Float(expected.count),
      found: Float(found.count), count: abs(expected.count - found.count))
  }
  var first = -1
  var count = 0
  for index in expected.indices {
    let (a, b) = (expected[index], found[index])
    if a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) { continue }
    if first < 0 { first = index }
    count += 1
  }
  guard count > 0 else { return nil }
  return Difference(index: first, expected: expected[first], found: found[first], count: count)
}
