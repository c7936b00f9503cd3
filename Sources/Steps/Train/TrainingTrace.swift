/// What each step of a training measured, to the bit.
///
/// Written as `trace.csv`: `step,loss,gradient_norm,loss_bits,gradient_norm_bits`, the numbers shortest
/// and the bits as eight hexadecimal digits, so that two traces can be compared by any tool.
struct TrainingTrace: Equatable {
  /// Loss and gradient norm of each step, one after the other.
  private(set) var values: [Float] = []

  init() {}

  /// Takes over the values of a checkpoint: two a step.
  init(values: [Float]) { self.values = values }

  /// The number of steps.
  var count: Int { values.count / 2 }

  mutating func append(loss: Float, gradientNorm: Float) {
    values.append(loss)
    values.append(gradientNorm)
  }

  /// The bytes of `trace.csv`.
  func encoded() -> [UInt8] {
    var text = "step,loss,gradient_norm,loss_bits,gradient_norm_bits\n"
    text.reserveCapacity(text.utf8.count + count * 64)
    for step in 0..<count {
      let loss = values[2 * step]
      let norm = values[2 * step + 1]
      text += "\(step + 1),\(loss),\(norm),\(Self.hex(loss)),\(Self.hex(norm))\n"
    }
    return Array(text.utf8)
  }

  private static func hex(_ value: Float) -> String {
    let digits = String(value.bitPattern, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
