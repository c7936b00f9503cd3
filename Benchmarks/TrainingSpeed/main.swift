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
    ]
  ]
  let trainer = try Trainer(
    configuration: TrainingConfiguration(
      model: models[network]!, epochs: epochs, batchSize: batch, seed: 42),
    training: source, workers: WorkerPool(threads: threads), kernels: KernelSet())
  var times: [Double] = []
  while !trainer.isFinished {
    let start = ContinuousClock.now
    let report = try trainer.runEpoch()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    times.append(seconds)
    print(
      String(
        format: "epoch %d: %.4f s, loss %.4f, accuracy %.4f", report.epoch, seconds,
        report.training.loss, report.training.accuracy))
  }
  if arguments.contains("--subnormals") {
    for tensor in try trainer.exportState().tensors {
      print(tensor.name, tensor.values.count { $0.isSubnormal }, "of", tensor.values.count)
    }
  }
  print(String(format: "best %.4f s", times.min() ?? 0))
}
