extension Elementary {
  /// A quantile of values in ascending order, straight between two neighbours (type 7 of Hyndman and Fan, 1996).
  ///
  /// - Parameters:
  ///   - part: 0 for the least, 1 for the greatest.
  ///   - sorted: At least one value.
  /// - Returns: A value between the least and the greatest.
  public static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}
