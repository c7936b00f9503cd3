import Autograd
import Testing

/// `y = a · x / (1 + |x|)`, with one number a for all elements.
struct ScaledSoftsign: CustomOperation {
  func outputShape(of inputs: [Shape]) -> Shape { inputs[0] }

  func forward(_ inputs: [[Float]], into output: inout [Float]) {
    let scale = inputs[1][0]
    for (index, x) in inputs[0].enumerated() { output[index] = scale * (x / (1 + abs(x))) }
  }

  func pullback(
    _ inputs: [[Float]], output: [Float], gradient: [Float], into gradients: inout [[Float]]
  ) {
    let scale = inputs[1][0]
    for (index, x) in inputs[0].enumerated() {
      let divisor = 1 + abs(x)
      gradients[0][index] += scale * gradient[index] / (divisor * divisor)
      gradients[1][0] += gradient[index] * (x / divisor)
    }
  }
}

/// `y[n, o] = Σ wᵢ·x[n, i]²` over i for each output o: another shape than the input's, and a matrix.
struct QuadraticForm: CustomOperation {
  func outputShape(of inputs: [Shape]) -> Shape {
    precondition(inputs[0][1] == inputs[1][1], "\(inputs[0]) does not fit \(inputs[1])")
    return [inputs[0][0], inputs[1][0]]
  }

  func forward(_ inputs: [[Float]], into output: inout [Float]) {
    let (depth, columns) = sizes(inputs, output.count)
    for index in output.indices {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      output[index] = (0..<depth).reduce(0) {
        $0 + inputs[1][column * depth + $1] * inputs[0][row * depth + $1]
          * inputs[0][row * depth + $1]
      }
    }
  }

  func pullback(
    _ inputs: [[Float]], output: [Float], gradient: [Float], into gradients: inout [[Float]]
  ) {
    let (depth, columns) = sizes(inputs, output.count)
    for index in output.indices {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      for k in 0..<depth {
        let (x, w) = (inputs[0][row * depth + k], inputs[1][column * depth + k])
        gradients[0][row * depth + k] += 2 * gradient[index] * w * x
        gradients[1][column * depth + k] += gradient[index] * x * x
      }
    }
  }

  /// Depth and columns, for 3 rows in every test.
  private func sizes(_ inputs: [[Float]], _ outputs: Int) -> (Int, Int) {
    (inputs[0].count / 3, outputs / 3)
  }
}

extension OperationCase {
  /// Operations of one's own, under the same laws as the library's.
  static let custom: [OperationCase] =
    ([[17], [2, 3], [2, 3, 4, 5]] as [Shape]).map { shape in
      OperationCase(
        name: "custom softsign", shapes: [shape], parameters: [([1], .vector)],
        apply: { x, p in x[0].tape.apply(ScaledSoftsign(), to: x[0], parameters: p) },
        reference: { inputs in inputs[0].map { inputs[1][0] * $0 / (1 + abs($0)) } })
    } + [
      OperationCase(
        name: "custom quadratic form", shapes: [[3, 5]],
        parameters: [([33, 5], .panels(outputs: 33, channels: 5, window: 1, groups: 1))],
        apply: { x, p in x[0].tape.apply(QuadraticForm(), to: x[0], parameters: p) },
        reference: { product($0[0].map { $0 * $0 }, transpose($0[1], 33, 5), 3, 5, 33) })
    ]

  private static func transpose(_ values: [Double], _ rows: Int, _ columns: Int) -> [Double] {
    (0..<values.count).map { values[$0 % rows * columns + $0 / rows] }
  }
}

@Suite("An operation of one's own")
struct CustomOperationTests {
  @Test("adds its gradient to what other uses of its input contribute")
  func sharing() throws {
    let tape = try makeTape()
    let x = tape.tensor([1, -3], shape: [2], requiresGradient: true)
    let scale = Parameter(name: "scale", shape: [1], values: [2])
    let y = tape.apply(ScaledSoftsign(), to: x, parameters: [scale])
    (y + x * x).sum().backward()
    #expect(y.values == [1, -1.5])
    #expect(x.gradient == [2 + 0.5, -6 + 0.125])
    #expect(scale.gradients == [0.5 - 0.75])
  }

  @Test("needs no gradient where none of its inputs does")
  func constant() throws {
    let tape = try makeTape()
    let x = tape.tensor([1, -3], shape: [2])
    let scale = Parameter(name: "scale", shape: [1], values: [2], isTrainable: false)
    #expect(!tape.apply(ScaledSoftsign(), to: x, parameters: [scale]).requiresGradient)
    #expect(!scale.isTrainable && scale.values == [2])
  }

  @Test("refuses a tensor of another tape")
  func otherTape() async {
    await #expect(processExitsWith: .failure) {
      let x = try makeTape().tensor([1], shape: [1])
      _ = try makeTape().apply(
        ScaledSoftsign(), to: x, parameters: [Parameter(name: "scale", shape: [1])])
    }
  }
}
