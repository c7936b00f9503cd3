internal import ElementaryFunctions

extension RandomStream {
  /// A standard normal deviate from the next two draws a and b, by Box and Muller: √(−2·log u)·cos 2πv.
  ///
  /// u = (a + 1) / 2³² and v = b / 2³², evaluated in double. The second deviate of the pair, with the sine, is not used
  /// here; ``fillNormals(_:mean:deviation:)`` uses both.
  public mutating func normal() -> Double {
    let a = nextWord()
    return Self.normals(a, nextWord()).first
  }

  /// The two deviates of a pair of draws.
  static func normals(_ a: UInt32, _ b: UInt32) -> (first: Double, second: Double) {
    let radius = (-2 * Elementary.log((Double(a) + 1) * 0x1p-32)).squareRoot()
    let turns = Double(b) * 0x1p-32
    return (
      radius * Elementary.cosine(ofTurns: turns), radius * Elementary.sine(ofTurns: turns)
    )
  }
}
