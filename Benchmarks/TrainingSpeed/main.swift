// Times epochs of a perceptron on MNIST in IDX files:
//   swift run -c release TrainingSpeed FOLDER [batch] [threads] [epochs]
// FOLDER holds train-images-idx3-ubyte and train-labels-idx1-ubyte, unpacked.
import Autograd
import Foundation
import Kernels
import Training
import WorkerPool

let arguments = CommandLine.arguments
try run()

struct Images: SampleSource {
  let pixels: [Float]
  let classes: [UInt32]
  var count: Int { classes.count }
  var inputShape: Shape { [1, 28, 28] }
  var classCount: Int { 10 }
  func gather(
    _ indices: Span<UInt32>, inputs: inout MutableSpan<Float>, labels: inout MutableSpan<UInt32>
  ) {
    pixels.withUnsafeBufferPointer { source in
      inputs.withUnsafeMutableBufferPointer { target in
        for row in indices.indices {
          let index = Int(indices[row])
          (target.baseAddress! + row * 784).update(
            from: source.baseAddress! + index * 784, count: 784)
        }
      }
    }
    for row in indices.indices { labels[row] = classes[Int(indices[row])] }
  }
}

func standardized(_ bytes: [UInt8]) -> [Float] {
  bytes.map { (Float($0) / 255 - 0.1307) / 0.3081 }
}

func run() throws {
  let folder = URL(fileURLWithPath: arguments[1])
  let batch = arguments.count > 2 ? Int(arguments[2])! : 64
  let threads = arguments.count > 3 ? Int(arguments[3])! : 2
  let epochs = arguments.count > 4 ? Int(arguments[4])! : 5
  let network = arguments.count > 5 ? arguments[5] : "perceptron"

  let images = try Data(contentsOf: folder.appendingPathComponent("train-images-idx3-ubyte"))
  let labels = try Data(contentsOf: folder.appendingPathComponent("train-labels-idx1-ubyte"))
  let source = Images(
    pixels: standardized([UInt8](images.dropFirst(16))),
    classes: [UInt8](labels.dropFirst(8)).map(UInt32.init))

  let models: [String: ModelDescription] = [
    "perceptron": [
      LayerDescription(.flatten), LayerDescription(.linear(features: 128, bias: true)),
      LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 64, bias: true)),
      LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 10, bias: true)),
    ],
    "lenet": [
      LayerDescription(.conv2d(.init(channels: 6, kernel: 5, padding: 2))),
      LayerDescription(.activation(.relu)), LayerDescription(.maxPool(.init(kernel: 2))),
      LayerDescription(.conv2d(.init(channels: 16, kernel: 5))),
      LayerDescription(.activation(.relu)), LayerDescription(.maxPool(.init(kernel: 2))),
      LayerDescription(.flatten), LayerDescription(.linear(features: 120, bias: true)),
      LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 84, bias: true)),
      LayerDescription(.activation(.relu)), LayerDescription(.linear(features: 10, bias: true)),
    ],
    "conv": [
      LayerDescription(.conv2d(.init(channels: 32, kernel: 3))),
      LayerDescription(.activation(.relu)),
      LayerDescription(.conv2d(.init(channels: 64, kernel: 3))),
      LayerDescription(.activation(.relu)),
      LayerDescription(.maxPool(.init(kernel: 2))), LayerDescription(.dropout(probability: 0.25)),
      LayerDescription(.flatten), LayerDescription(.linear(features: 128, bias: true)),
      LayerDescription(.activation(.relu)), LayerDescription(.dropout(probability: 0.5)),
      LayerDescription(.linear(features: 10, bias: true)),
    ],
    "resnet": ModelDescription(resNet20()),
  ]
  if network == "resnet" {
    let pixels = standardized(
      (0..<1280 * 3072).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
    try time(
      models[network]!,
      ArraySource(
        inputs: pixels, labels: (0..<1280).map { UInt32($0 % 10) }, inputShape: [3, 32, 32],
        classCount: 10), batch, threads, epochs)
  } else {
    try time(models[network]!, source, batch, threads, epochs)
  }
}

/// ResNet-20 for 32×32 images: three stages of three blocks with 16, 32 and 64 channels.
func resNet20() -> [LayerDescription] {
  func conv(_ channels: Int, _ kernel: Window, stride: Window = 1, padding: Window)
    -> [LayerDescription]
  {
    [
      LayerDescription(
        .conv2d(
          .init(channels: channels, kernel: kernel, stride: stride, padding: padding, bias: false))),
      LayerDescription(.batchNorm(momentum: 0.1, epsilon: 1e-5)),
    ]
  }
  var layers = conv(16, 3, padding: 1) + [LayerDescription(.activation(.relu))]
  for (stage, channels) in [16, 32, 64].enumerated() {
    for block in 0..<3 {
      let stride: Window = stage > 0 && block == 0 ? 2 : 1
      layers += [
        LayerDescription(
          .residual(
            body: conv(channels, 3, stride: stride, padding: 1)
              + [LayerDescription(.activation(.relu))] + conv(channels, 3, padding: 1),
            projection: stride == 1 ? [] : conv(channels, 1, stride: stride, padding: 0))),
        LayerDescription(.activation(.relu)),
      ]
    }
  }
  return layers + [
    LayerDescription(.globalAveragePool), LayerDescription(.linear(features: 10, bias: true)),
  ]
}

func time(
  _ model: ModelDescription, _ source: any SampleSource, _ batch: Int, _ threads: Int, _ epochs: Int
) throws {
  let trainer = try Trainer(
    configuration: TrainingConfiguration(
      model: model, epochs: epochs, batchSize: batch, seed: 42),
    training: source, workers: WorkerPool(threads: threads), kernels: KernelSet())
  var times: [Double] = []
  while !trainer.isFinished {
    let start = ContinuousClock.now
    let report = try trainer.runEpoch()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    times.append(seconds)
    print(
      String(
        format: "epoch %d: %.4f s, %.1f µs a step, loss %.4f, accuracy %.4f", report.epoch, seconds,
        seconds / Double(trainer.stepsPerEpoch) * 1e6,
        report.training.loss, report.training.accuracy))
  }
  if CommandLine.arguments.contains("--subnormals") {
    for tensor in try trainer.exportState().tensors {
      print(tensor.name, tensor.values.count { $0.isSubnormal }, "of", tensor.values.count)
    }
  }
  print(String(format: "best %.4f s", times.min() ?? 0))
}
