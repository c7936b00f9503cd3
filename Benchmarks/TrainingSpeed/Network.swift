import Autograd
import Training

/// A network whose training is timed, with the multiplications that an epoch costs.
struct Network {
  let name: String
  let model: ModelDescription
  let input: Shape
  let batch: Int
  /// Multiply-adds of the first layer for one sample: forward, and once more for its weight gradient.
  let first: Double
  /// Multiply-adds of the other layers for one sample: forward, weight gradient, input gradient.
  let rest: Double
  /// The steps of a repetition; nil means a whole epoch.
  let steps: Int?

  /// Floating-point operations of training on one sample: two for each multiply-add.
  var operations: Double { 2 * (2 * first + 3 * rest) }

  static let all = [perceptron(64), perceptron(512), lenet, convolutional(), dry, resnet]

  static func named(_ name: String) -> Network? { all.first { $0.name == name } }

  /// 784-128-64-10.
  static func perceptron(_ batch: Int) -> Network {
    Network(
      name: "perceptron\(batch)",
      model: [
        Flatten(), LinearLayer(features: 128),
        ReLU(), LinearLayer(features: 64),
        ReLU(), LinearLayer(features: 10),
      ], input: [1, 28, 28], batch: batch, first: 784 * 128, rest: 128 * 64 + 64 * 10, steps: nil)
  }

  static let lenet = Network(
    name: "lenet",
    model: [
      Conv2dLayer(channels: 6, kernel: 5, padding: 2),
      ReLU(), MaxPool2d(kernel: 2),
      Conv2dLayer(channels: 16, kernel: 5),
      ReLU(), MaxPool2d(kernel: 2),
      Flatten(), LinearLayer(features: 120),
      ReLU(), LinearLayer(features: 84),
      ReLU(), LinearLayer(features: 10),
    ], input: [1, 28, 28], batch: 64, first: 28 * 28 * 6 * 25,
    rest: 10 * 10 * 16 * 150 + 400 * 120 + 120 * 84 + 84 * 10, steps: nil)

  /// Two convolutions with 32 and 64 channels, then 9216-128-10; a probability of 0 leaves the dropout layers out.
  static func convolutional(_ name: String = "conv", dropout: [Double] = [0.25, 0.5]) -> Network {
    let drop: [[any LayerKind]] = dropout.map { [DropoutLayer(probability: $0)] }
    let convolutions: [any LayerKind] = [
      Conv2dLayer(channels: 32, kernel: 3), ReLU(), Conv2dLayer(channels: 64, kernel: 3), ReLU(),
      MaxPool2d(kernel: 2),
    ]
    let dense: [any LayerKind] = [Flatten(), LinearLayer(features: 128), ReLU()]
    let last: [any LayerKind] = [LinearLayer(features: 10)]
    let head = convolutions + (drop.first ?? [])
    let tail = dense + (drop.last ?? []) + last
    return Network(
      name: name, model: ModelDescription(head + tail), input: [1, 28, 28], batch: 64,
      first: 26 * 26 * 32 * 9, rest: 24 * 24 * 64 * 288 + 9216 * 128 + 1280, steps: 40)
  }

  /// The same without dropout, whose masks differ from program to program: for the comparison of losses.
  static let dry = convolutional("conv-dry", dropout: [])

  /// ResNet-20 for 32×32 images: three stages of three blocks with 16, 32 and 64 channels.
  static let resnet = Network(
    name: "resnet", model: ModelDescription(resNet20()), input: [3, 32, 32], batch: 128,
    first: 1024 * 16 * 27, rest: 40_813_184 - 1024 * 16 * 27, steps: 10)

  private static func resNet20() -> [any LayerKind] {
    func conv(
      _ channels: Int, _ kernel: Window, stride: Window = 1, padding: Window
    ) -> [any LayerKind] {
      [
        Conv2dLayer(
          channels: channels, kernel: kernel, stride: stride, padding: padding, bias: false),
        BatchNormLayer(),
      ]
    }
    var layers = conv(16, 3, padding: 1) + [ReLU()]
    for (stage, channels) in [16, 32, 64].enumerated() {
      for block in 0..<3 {
        let stride: Window = stage > 0 && block == 0 ? 2 : 1
        layers += [
          ResidualLayer(
            body: conv(channels, 3, stride: stride, padding: 1)
              + [ReLU()] + conv(channels, 3, padding: 1),
            projection: stride == 1 ? [] : conv(channels, 1, stride: stride, padding: 0)),
          ReLU(),
        ]
      }
    }
    return layers + [
      GlobalAveragePool(), LinearLayer(features: 10),
    ]
  }
}
