import Autograd

/// Compares the pullback of an operation with central differences: the first check of a new operation.
///
/// - Returns: The greatest difference, relative to the greatest gradient.
func checkRadialUnits(on tape: Tape) -> Float {
  let points: [Float] = [0.5, -0.25, 0.1, 0.9, -0.75, 0.3]
  let centres = Parameter(name: "centres", shape: [2, 2], values: [0.25, 0.5, -0.5, 0.125])

  /// The sum of all outputs, and its gradient by the points.
  func sum(_ points: [Float]) -> (value: Float, gradient: [Float]) {
    tape.rewind()
    let x = tape.tensor(points, shape: [3, 2], requiresGradient: true)
    let total = tape.apply(RadialUnits(width: 8), to: x, parameters: [centres]).sum()
    total.backward()
    return (total.item, x.gradient)
  }

  let gradient = sum(points).gradient
  let step: Float = 1 / 256
  var worst: Float = 0
  for index in points.indices {
    var (above, below) = (points, points)
    above[index] += step
    below[index] -= step
    let expected = (sum(above).value - sum(below).value) / (2 * step)
    worst = max(worst, abs(gradient[index] - expected))
  }
  return worst / (gradient.map(abs).max() ?? 1)
}
