import Autograd
import Foundation

private let activations: [(String, Activation, @Sendable (Double) -> Double)] = [
  ("relu", .relu, { max($0, 0) }),
  ("leaky_relu", .leakyReLU(slope: 0.125), { $0 > 0 ? $0 : 0.125 * $0 }),
  ("tanh", .tanh, { Foundation.tanh($0) }),
  ("sigmoid", .sigmoid, { 1 / (1 + Foundation.exp(-$0)) }),
  ("gelu", .gelu, { 0.5 * $0 * (1 + Foundation.erf($0 * 0.5.squareRoot())) }),
  ("silu", .silu, { $0 / (1 + Foundation.exp(-$0)) }),
  ("elu", .elu(alpha: 0.75), { $0 < 0 ? 0.75 * (Foundation.exp($0) - 1) : $0 }),
  ("softplus", .softplus, { Foundation.log(1 + Foundation.exp($0)) }),
]

/// `[n, k] · [k, m]` in double precision.
func product(_ a: [Double], _ b: [Double], _ n: Int, _ k: Int, _ m: Int) -> [Double] {
  (0..<n * m).map { index in
    (0..<k).reduce(0) { $0 + a[index / m * k + $1] * b[$1 * m + index % m] }
  }
}

/// Softmax of rows in double precision.
func softmaxRows(_ x: [Double], _ columns: Int) -> [Double] {
  stride(from: 0, to: x.count, by: columns).flatMap { start -> [Double] in
    let row = x[start..<start + columns]
    let top = row.max() ?? 0
    let powers = row.map { Foundation.exp($0 - top) }
    return powers.map { $0 / powers.reduce(0, +) }
  }
}

func someLabels(_ count: Int, _ classes: Int) -> [UInt32] {
  (0..<count).map { UInt32(($0 * 7 + 3) % classes) }
}

extension OperationCase {
  /// Every operation on awkward shapes.
  static let all: [OperationCase] =
    elementwise + matrices + losses + linears + images + convolutions + poolings + normalizations
    + custom

  static let elementwise: [OperationCase] =
    activations.flatMap { name, activation, reference in
      [1, 15, 16, 17, 4099].map { count in
        OperationCase(
          name: name, shapes: [[1, count]], apply: { x, _ in activate(x[0], activation) },
          reference: { $0[0].map(reference) })
      }
    } + [
      OperationCase(
        name: "add", shapes: [[3, 7], [3, 7]], apply: { x, _ in x[0] + x[1] },
        reference: { zip($0[0], $0[1]).map(+) }),
      OperationCase(
        name: "subtract", shapes: [[5], [5]], apply: { x, _ in x[0] - x[1] },
        reference: { zip($0[0], $0[1]).map(-) }),
      OperationCase(
        name: "multiply", shapes: [[31], [31]], apply: { x, _ in x[0] * x[1] },
        reference: { zip($0[0], $0[1]).map(*) }),
      OperationCase(
        name: "square", shapes: [[17]], apply: { x, _ in x[0] * x[0] },
        reference: { $0[0].map { $0 * $0 } }),
      OperationCase(
        name: "scale", shapes: [[33]], apply: { x, _ in 0.75 * x[0] },
        reference: { $0[0].map { 0.75 * $0 } }),
      OperationCase(
        name: "sum", shapes: [[9, 11]], apply: { x, _ in x[0].sum() },
        reference: { [$0[0].reduce(0, +)] }),
      OperationCase(
        name: "mean", shapes: [[9, 11]], apply: { x, _ in x[0].mean() },
        reference: { [$0[0].reduce(0, +) / 99] }),
    ]

  static let matrices: [OperationCase] =
    [(1, 1, 1), (2, 3, 5), (7, 33, 31), (12, 16, 32), (13, 17, 65)].map { n, k, m in
      OperationCase(
        name: "matmul", shapes: [[n, k], [k, m]], apply: { x, _ in matmul(x[0], x[1]) },
        reference: { product($0[0], $0[1], n, k, m) })
    }
    + [(1, 1), (3, 10), (5, 33)].map { rows, columns in
      OperationCase(
        name: "softmax", shapes: [[rows, columns]], apply: { x, _ in softmax(x[0]) },
        reference: { softmaxRows($0[0], columns) })
    }

  static let losses: [OperationCase] = [(1, 2), (5, 10), (64, 3)].flatMap { rows, classes in
    let labels = someLabels(rows, classes)
    let inverse = 1 / Double(rows)
    return [
      OperationCase(
        name: "cross-entropy", shapes: [[rows, classes]],
        apply: { x, _ in crossEntropy(x[0], Labels(labels)) },
        reference: { x in
          let p = softmaxRows(x[0], classes)
          return [
            -inverse
              * (0..<rows).reduce(0) { $0 + Foundation.log(p[$1 * classes + Int(labels[$1])]) }
          ]
        }),
      OperationCase(
        name: "cross-entropy with smoothing", shapes: [[rows, classes]],
        apply: { x, _ in crossEntropy(x[0], Labels(labels), labelSmoothing: 0.2) },
        reference: { x in
          let p = softmaxRows(x[0], classes)
          var sum = 0.0
          for index in p.indices {
            let target =
              0.2 / Double(classes)
              + (Int(labels[index / classes]) == index % classes ? 0.8 : 0)
            sum -= target * Foundation.log(p[index])
          }
          return [sum * inverse]
        }),
      OperationCase(
        name: "mean squared error", shapes: [[rows, classes]],
        apply: { x, _ in meanSquaredError(x[0], Labels(labels)) },
        reference: { x in
          var sum = 0.0
          for index in x[0].indices {
            let target = Int(labels[index / classes]) == index % classes ? 1.0 : 0
            sum += (x[0][index] - target) * (x[0][index] - target)
          }
          return [sum * inverse / Double(classes)]
        }),
    ]
  }

  static let linears: [OperationCase] =
    [(1, 1, 1), (2, 3, 5), (7, 33, 31), (12, 32, 64), (13, 17, 100)].flatMap { n, k, m in
      [false, true].map { fused in
        OperationCase(
          name: fused ? "linear and relu" : "linear", shapes: [[n, k]],
          parameters: [
            ([m, k], .panels(outputs: m, channels: k, window: 1, groups: 1)), ([m], .vector),
          ],
          apply: { x, p in linear(x[0], weight: p[0], bias: p[1], relu: fused) },
          reference: { x in
            (0..<n * m).map { index in
              let y = (0..<k).reduce(x[2][index % m]) {
                $0 + x[0][index / m * k + $1] * x[1][index % m * k + $1]
              }
              return fused ? max(y, 0) : y
            }
          })
      }
    }

  static let images: [OperationCase] = [
    OperationCase(
      name: "flatten", shapes: [[2, 3, 5, 7]], apply: { x, _ in flatten(x[0]) },
      reference: { $0[0] }),
    OperationCase(
      name: "flatten", shapes: [[4, 1, 3, 3]], apply: { x, _ in flatten(x[0]) },
      reference: { $0[0] }),
  ]
}

func linearParameters(inputs: Int, outputs: Int) -> (weight: [Float], bias: [Float]) {
  var numbers = Numbers(UInt64(inputs * 1000 + outputs))
  return (numbers.array(inputs * outputs), numbers.array(outputs))
}

/// A parameter with given values; matrices lie in panels.
func parameter(_ name: String, _ shape: Shape, _ values: [Float]) -> Parameter {
  let parameter = Parameter(
    name: name, shape: shape,
    layout: shape.rank == 2
      ? .panels(outputs: shape[0], channels: shape[1], window: 1, groups: 1) : .vector)
  parameter.values = values
  return parameter
}
