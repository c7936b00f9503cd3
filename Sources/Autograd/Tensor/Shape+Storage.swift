/// Rank-4 tensors are stored N, H, W, C; all others as their shape says.
extension Shape {
  /// Whether storage order differs from logical order.
  package var isInterleaved: Bool { rank == 4 && extents[1] > 1 && extents[2] * extents[3] > 1 }

  /// Elements in storage order, put into logical order.
  func logicalOrder(_ elements: [Float]) -> [Float] {
    guard isInterleaved else { return elements }
    var result = elements
    forEachImageElement { logical, stored in result[logical] = elements[stored] }
    return result
  }

  /// Elements in logical order, put into storage order.
  func storageOrder(_ elements: [Float]) -> [Float] {
    guard isInterleaved else { return elements }
    var result = elements
    forEachImageElement { logical, stored in result[stored] = elements[logical] }
    return result
  }

  private func forEachImageElement(_ body: (_ logical: Int, _ stored: Int) -> Void) {
    let (channels, positions) = (extents[1], extents[2] * extents[3])
    for image in 0..<extents[0] {
      for channel in 0..<channels {
        for position in 0..<positions {
          let base = image * channels * positions
          body(base + channel * positions + position, base + position * channels + channel)
        }
      }
    }
  }
}
