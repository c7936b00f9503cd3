import Autograd
import Kernels
import Training
import WorkerPool

@main
struct Program {
  /// Records the operations; threads and instruction set do not affect the bits of the result.
  let tape: Tape
  let network: RadialNetwork
  let optimizer: Optimizer

  init() throws {
    tape = Tape(workers: try WorkerPool(threads: 2), kernels: try KernelSet())
    network = RadialNetwork(units: 24, classes: Rings.classes, seed: 42)
    optimizer = Optimizer(Adam(learningRate: 0.02), network.parameters, on: tape)
  }

  static func main() throws {
    let program = try Program()
    let error = checkRadialUnits(on: program.tape)
    print("the pullback agrees with differences:", error < 1e-3)
    let training = Rings(count: 960, seed: 1)
    let test = Rings(count: 300, seed: 2)
    for epoch in 1...40 {
      let loss = program.learn(training, batch: 32)
      guard epoch % 10 == 0 else { continue }
      let accuracy = program.accuracy(on: test)
      print("epoch \(epoch): loss \(short(loss)) · test accuracy \(short(accuracy))")
    }
    let another = RadialNetwork(units: 24, classes: Rings.classes, seed: 42)
    let accuracy = try train(another, on: training, validation: test)
    print("the same network by the trainer: test accuracy \(short(accuracy))")
    // Exactly the same on every machine, with any number of threads.
    let first = program.network.parameters[0].values[0]
    print("bits of the first centre:", String(first.bitPattern, radix: 16))
  }

  /// Trains for one epoch, and returns the mean loss of the batches.
  func learn(_ data: Rings, batch: Int) -> Double {
    var sum = 0.0
    for start in stride(from: 0, to: data.labels.count, by: batch) {
      tape.rewind()
      let x = tape.tensor(
        Array(data.points[2 * start..<2 * (start + batch)]), shape: [batch, 2])
      let labels = Labels(Array(data.labels[start..<start + batch]))
      let loss = crossEntropy(network(x), labels)
      loss.backward()
      optimizer.step()
      sum += Double(loss.item)
    }
    return sum / Double(data.labels.count / batch)
  }

  /// The share of correctly classified points.
  func accuracy(on data: Rings) -> Double {
    tape.isTraining = false
    defer { tape.isTraining = true }
    tape.rewind()
    let scores = network(tape.tensor(data.points, shape: [data.labels.count, 2])).values
    let hits = data.labels.indices.count { index in
      let row = Array(scores[index * Rings.classes..<(index + 1) * Rings.classes])
      return row.firstIndex(of: row.max() ?? 0) == Int(data.labels[index])
    }
    return Double(hits) / Double(data.labels.count)
  }

  /// Four digits, without Foundation.
  private static func short(_ value: Double) -> String {
    "\((value * 10_000).rounded() / 10_000)"
  }
}
