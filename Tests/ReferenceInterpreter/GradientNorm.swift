/// How a parameter lies in the arena over which the norm of all gradients is summed.
public enum ReferenceLayout: Sendable {
  /// Element after element.
  case vector
  /// A sample [C, positions] in the order positions, channels.
  case interleaved(channels: Int, positions: Int)
  /// Panels of 32 outputs of a group, each k = (tap, channel) after the other.
  case panels(outputs: Int, channels: Int, taps: Int, groups: Int)

  /// The elements in the arena's order, with +0 up to a multiple of 32.
  public func arranged(_ x: [Float]) -> [Float] {
    var result: [Float] = []
    switch self {
    case .vector: result = x
    case .interleaved(let channels, let positions):
      for position in 0..<positions {
        for channel in 0..<channels { result.append(x[channel * positions + position]) }
      }
    case .panels(let outputs, let channels, let taps, let groups):
      let size = outputs / groups
      for group in 0..<groups {
        for panel in 0..<(size + 31) / 32 {
          for tap in 0..<taps {
            for channel in 0..<channels {
              for column in panel * 32..<panel * 32 + 32 {
                let output = group * size + column
                result.append(column < size ? x[(output * channels + channel) * taps + tap] : 0)
              }
            }
          }
        }
      }
    }
    while result.count % 32 != 0 { result.append(0) }
    return result
  }
}

/// The Euclidean norm of gradients, each in the arena's order.
public func gradientNorm(_ arranged: [[Float]]) -> Float {
  sumOfSquares(arranged.flatMap { $0 }).squareRoot()
}

/// Bounds on gradients: first by value, then by norm, measured again after the first.
public struct ReferenceClipping: Sendable {
  public var value: Double?
  public var norm: Double?

  public init(value: Double?, norm: Double?) {
    self.value = value
    self.norm = norm
  }

  /// The gradients within the bounds, and their norm before.
  public func clip(
    _ gradients: [[Float]], layouts: [ReferenceLayout]
  ) -> (gradients: [[Float]], norm: Float) {
    func measure(_ gradients: [[Float]]) -> Float {
      gradientNorm(zip(layouts, gradients).map { $0.arranged($1) })
    }
    var result = gradients
    let before = measure(gradients)
    if let value {
      let bound = Float(value)
      result = result.map { $0.map { $0 < -bound ? -bound : $0 > bound ? bound : $0 } }
    }
    guard let norm else { return (result, before) }
    let length = Double(measure(result))
    if length > norm { result = result.map { scaled($0, by: Float(norm / length)) } }
    return (result, before)
  }
}
