import Autograd

/// `y[n, j] = 1 / (1 + w · |x[n] − c[j]|²)`: units that respond to points near their centre.
///
/// Inputs: the points x, `[batch, axes]`, and the centres c, `[units, axes]`. It uses only + − × ÷, which IEEE 754
/// rounds in the same way everywhere, so the operation gives the same bits on every machine, like those of the library.
struct RadialUnits: CustomOperation {
  /// w: how narrow the units are.
  let width: Float

  func outputShape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0][1] == inputs[1][1], "points \(inputs[0]) and centres \(inputs[1])")
    return [inputs[0][0], inputs[1][0]]
  }

  func forward(_ inputs: [[Float]], into output: inout [Float]) {
    forEachPair(inputs, output) { index, point, centre in
      output[index] = 1 / (1 + width * squaredDistance(inputs, point, centre))
    }
  }

  // dy/dx = −2 w y² (x − c), and dy/dc is its opposite.
  func pullback(
    _ inputs: [[Float]], output: [Float], gradient: [Float], into gradients: inout [[Float]]
  ) {
    forEachPair(inputs, output) { index, point, centre in
      let slope = -2 * width * output[index] * output[index] * gradient[index]
      for axis in 0..<Self.axes {
        let difference =
          inputs[0][point * Self.axes + axis] - inputs[1][centre * Self.axes + axis]
        gradients[0][point * Self.axes + axis] += slope * difference
        gradients[1][centre * Self.axes + axis] -= slope * difference
      }
    }
  }

  /// The axes of a point.
  static let axes = 2

  /// Calls `body` with each element of the output, its point and its centre.
  private func forEachPair(
    _ inputs: [[Float]], _ output: [Float],
    _ body: (_ index: Int, _ point: Int, _ centre: Int) -> Void
  ) {
    let units = inputs[1].count / Self.axes
    for index in output.indices { body(index, index / units, index % units) }
  }

  private func squaredDistance(_ inputs: [[Float]], _ point: Int, _ centre: Int) -> Float {
    (0..<Self.axes).reduce(0) { sum, axis in
      let difference =
        inputs[0][point * Self.axes + axis] - inputs[1][centre * Self.axes + axis]
      return sum + difference * difference
    }
  }
}
