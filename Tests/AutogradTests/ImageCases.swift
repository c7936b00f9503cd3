import Autograd
import Foundation

/// A convolution in double precision, written from its definition over N, C, H, W.
func convolution(
  _ x: [Double], _ w: [Double], _ bias: [Double], images: Int, _ g: ConvolutionGeometry
) -> [Double] {
  let (ins, outs) = (g.channels / g.groups, g.outputs / g.groups)
  var y: [Double] = []
  for image in 0..<images {
    for output in 0..<g.outputs {
      for row in 0..<g.outputHeight {
        for column in 0..<g.outputWidth {
          var sum = bias[output]
          for channel in 0..<ins {
            for kh in 0..<g.kernel.height {
              for kw in 0..<g.kernel.width {
                let ih = row * g.stride.height - g.padding.height + kh * g.dilation.height
                let iw = column * g.stride.width - g.padding.width + kw * g.dilation.width
                guard ih >= 0, ih < g.height, iw >= 0, iw < g.width else { continue }
                let source = output / outs * ins + channel
                sum +=
                  x[((image * g.channels + source) * g.height + ih) * g.width + iw]
                  * w[((output * ins + channel) * g.kernel.height + kh) * g.kernel.width + kw]
              }
            }
          }
          y.append(sum)
        }
      }
    }
  }
  return y
}

/// Windows of N, C, H, W: the elements of each that lie inside the image.
func windows(
  _ x: [Double], shape: Shape, kernel: Window, stride: Window, padding: Window
) -> [[Double]] {
  let (height, width) = (shape[2], shape[3])
  let rows = (height + 2 * padding.height - kernel.height) / stride.height + 1
  let columns = (width + 2 * padding.width - kernel.width) / stride.width + 1
  return (0..<shape[0] * shape[1]).flatMap { plane in
    (0..<rows * columns).map { at in
      var found: [Double] = []
      for kh in 0..<kernel.height {
        for kw in 0..<kernel.width {
          let ih = at / columns * stride.height - padding.height + kh
          let iw = at % columns * stride.width - padding.width + kw
          guard ih >= 0, ih < height, iw >= 0, iw < width else { continue }
          found.append(x[(plane * height + ih) * width + iw])
        }
      }
      return found
    }
  }
}

/// Normalization in double precision over the elements that share a key, then weight and bias by channel or element.
func normalized(
  _ x: [Double], key: (Int) -> Int, weight: (Int) -> Double, bias: (Int) -> Double,
  epsilon: Double
) -> [Double] {
  var result = x
  for members in Dictionary(grouping: x.indices, by: key).values {
    let mean = members.reduce(0) { $0 + x[$1] } / Double(members.count)
    let variance =
      members.reduce(0) { $0 + (x[$1] - mean) * (x[$1] - mean) } / Double(members.count)
    for index in members {
      result[index] =
        (x[index] - mean) / (variance + epsilon).squareRoot() * weight(index) + bias(index)
    }
  }
  return result
}

extension OperationCase {
  static let geometries: [(images: Int, geometry: ConvolutionGeometry)] = [
    (
      1,
      .init(input: [1, 1, 1], outputs: 1, kernel: 1, stride: 1, padding: 0, dilation: 1, groups: 1)
    ),
    (
      2,
      .init(input: [1, 6, 7], outputs: 5, kernel: 3, stride: 1, padding: 0, dilation: 1, groups: 1)
    ),
    (
      3,
      .init(
        input: [3, 5, 5], outputs: 33, kernel: 3, stride: 1, padding: 1, dilation: 1, groups: 1)
    ),
    (
      2,
      .init(input: [2, 7, 6], outputs: 4, kernel: 3, stride: 2, padding: 1, dilation: 1, groups: 1)
    ),
    (
      1,
      .init(
        input: [2, 9, 8], outputs: 3, kernel: .init(height: 3, width: 2),
        stride: .init(height: 1, width: 2), padding: .init(height: 2, width: 0),
        dilation: .init(height: 2, width: 3), groups: 1)
    ),
    (
      2,
      .init(input: [4, 4, 4], outputs: 6, kernel: 3, stride: 1, padding: 1, dilation: 1, groups: 2)
    ),
    (
      2,
      .init(input: [3, 5, 4], outputs: 6, kernel: 3, stride: 2, padding: 2, dilation: 1, groups: 3)
    ),
    (
      2,
      .init(input: [5, 4, 4], outputs: 2, kernel: 1, stride: 2, padding: 0, dilation: 1, groups: 1)
    ),
    (
      1,
      .init(input: [1, 2, 2], outputs: 2, kernel: 2, stride: 3, padding: 2, dilation: 1, groups: 1)
    ),
  ]

  static let convolutions: [OperationCase] = geometries.enumerated().map { number, pair in
    let (images, g) = pair
    let fused = number % 2 == 1
    return OperationCase(
      name: "conv2d \(number)", shapes: [[images, g.channels, g.height, g.width]],
      parameters: [(g.weightShape, g.layout), ([g.outputs], .vector)],
      apply: { x, p in conv2d(x[0], weight: p[0], bias: p[1], geometry: g, relu: fused) },
      reference: { x in
        convolution(x[0], x[1], x[2], images: images, g).map { fused ? max($0, 0) : $0 }
      })
  }

  static let poolings: [OperationCase] = [
    ([2, 3, 4, 4], 2, 2, 0), ([1, 17, 5, 7], 3, 2, 1), ([2, 1, 6, 5], 3, 1, 1),
    ([1, 2, 3, 3], 3, 3, 0),
  ].flatMap { (shape: Shape, kernel: Window, stride: Window, padding: Window) in
    [
      OperationCase(
        name: "max pool", shapes: [shape],
        apply: { x, _ in maxPool(x[0], kernel: kernel, stride: stride, padding: padding) },
        reference: { x in
          windows(x[0], shape: shape, kernel: kernel, stride: stride, padding: padding)
            .map { $0.max() ?? 0 }
        }),
      OperationCase(
        name: "average pool", shapes: [shape],
        apply: { x, _ in averagePool(x[0], kernel: kernel, stride: stride, padding: padding) },
        reference: { x in
          windows(x[0], shape: shape, kernel: kernel, stride: stride, padding: padding)
            .map { $0.reduce(0, +) / Double(kernel.height * kernel.width) }
        }),
      OperationCase(
        name: "global average pool", shapes: [shape], apply: { x, _ in globalAveragePool(x[0]) },
        reference: { x in
          let size = shape[2] * shape[3]
          return (0..<shape[0] * shape[1]).map { plane in
            x[0][plane * size..<(plane + 1) * size].reduce(0, +) / Double(size)
          }
        }),
    ]
  }

  static let normalizations: [OperationCase] =
    ([
      [5, 3], [17, 33], [3, 4, 2, 3], [2, 6, 1, 5],
    ] as [Shape]).flatMap { shape -> [OperationCase] in
      let channels = shape[1]
      let positions = shape.sample.count / channels
      let channel: @Sendable (Int) -> Int = { $0 / positions % channels }
      var cases = [
        OperationCase(
          name: "batch norm", shapes: [shape],
          parameters: [([channels], .vector), ([channels], .vector)],
          apply: { x, p in
            batchNormalization(
              x[0], weight: p[0], bias: p[1], statistics: freshStatistics(channels), epsilon: 0.01)
          },
          reference: { x in
            normalized(
              x[0], key: channel, weight: { x[1][channel($0)] }, bias: { x[2][channel($0)] },
              epsilon: 0.01)
          }),
        OperationCase(
          name: "layer norm", shapes: [shape],
          parameters: Array(
            repeating: (
              shape.sample,
              shape.rank == 4
                ? .interleaved(channels: channels, positions: positions) : .vector
            ), count: 2),
          apply: { x, p in
            layerNormalization(x[0], weight: p[0], bias: p[1], epsilon: 0.01)
          },
          reference: { x in
            let size = shape.sample.count
            return normalized(
              x[0], key: { $0 / size }, weight: { x[1][$0 % size] }, bias: { x[2][$0 % size] },
              epsilon: 0.01)
          }),
      ]
      for groups in [1, 2, 3] where channels % groups == 0 {
        cases.append(
          OperationCase(
            name: "group norm \(groups)", shapes: [shape],
            parameters: [([channels], .vector), ([channels], .vector)],
            apply: { x, p in
              groupNormalization(x[0], weight: p[0], bias: p[1], groups: groups, epsilon: 0.01)
            },
            reference: { x in
              let size = shape.sample.count
              return normalized(
                x[0], key: { $0 / size * groups + channel($0) / (channels / groups) },
                weight: { x[1][channel($0)] }, bias: { x[2][channel($0)] }, epsilon: 0.01)
            }))
      }
      return cases
    }
}

/// Running statistics as a new layer has them.
func freshStatistics(_ channels: Int) -> RunningStatistics {
  RunningStatistics(
    mean: Parameter(name: "m", shape: [channels], isTrainable: false),
    variance: Parameter(name: "v", shape: [channels], isTrainable: false), momentum: 0.1)
}
