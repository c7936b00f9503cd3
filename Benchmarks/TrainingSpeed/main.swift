// Times the networks and kernels of Documentation/Design.md, ours alone:
//
//     swift run -c release TrainingSpeed [ROW …] [--repeat N] [--steps N] [--threads N] [--isa v2|v3|v4]
//                                        [--data FOLDER] [--json]
//     swift run -c release TrainingSpeed export FOLDER      initial weights and order of samples, for the peers
//     swift run -c release TrainingSpeed serve …            rows from standard input, one answer a line
//
// Rows: perceptron64 perceptron512 inference matmul matmul2 oversubscribed lenet conv conv2 conv-dry resnet. One line a row.
// FOLDER holds what Benchmarks/peers/bench.py lays out (gray.f32, gray.labels, color.f32, color.labels); without it the
// samples are made up. The row calm is no benchmark: it tells whether the cores are free.
import Autograd
import Foundation
import Kernels
import Training
import WorkerPool

/// What the command line asks for.
struct Options {
  var rows: [String] = []
  var repetitions = 3
  var steps: Int?
  var threads = 2
  var level: InstructionSet?
  var data = URL(fileURLWithPath: "/tmp/pipeline-bench")
  var isJSON = false

  init(_ arguments: [String]) {
    var arguments = arguments[...]
    while let argument = arguments.popFirst() {
      switch argument {
      case "--repeat": repetitions = arguments.popFirst().flatMap { Int($0) } ?? repetitions
      case "--steps": steps = arguments.popFirst().flatMap { Int($0) }
      case "--threads": threads = arguments.popFirst().flatMap { Int($0) } ?? threads
      case "--isa": level = arguments.popFirst().flatMap { InstructionSet(rawValue: $0) }
      case "--data": data = URL(fileURLWithPath: arguments.popFirst() ?? ".")
      case "--json": isJSON = true
      default: rows.append(argument)
      }
    }
  }
}

/// Measures rows, and keeps what was laid out for the next repetition.
final class Rows {
  static let names = [
    "perceptron64", "perceptron512", "inference", "matmul", "matmul2", "oversubscribed", "lenet",
    "conv", "conv2", "resnet",
  ]

  let options: Options
  let kernels: KernelSet
  private var samples: [Shape: Samples] = [:]
  private var runs: [String: TrainingRun] = [:]
  private var product: Product?
  private var inference: Inference?

  init(_ options: Options) throws {
    self.options = options
    kernels = try options.level.map { try KernelSet($0) } ?? KernelSet()
  }

  func samples(for input: Shape) -> Samples {
    if let known = samples[input] { return known }
    let made = Samples(for: input, folder: options.data)
    samples[input] = made
    return made
  }

  func run(_ network: Network, threads: Int) throws -> TrainingRun {
    let key = "\(network.name) \(threads)"
    if let known = runs[key] { return known }
    let made = try TrainingRun(
      network, samples: samples(for: network.input), threads: threads, kernels: kernels,
      steps: options.steps)
    runs[key] = made
    return made
  }

  /// Time of the second run over that of the first, alternating.
  func ratio(
    _ row: String, unit: String, repetitions: Int, _ first: TrainingRun, _ second: TrainingRun,
    inverted: Bool
  ) throws -> Measurement {
    var result = Measurement(row: row, unit: unit)
    for _ in 0..<repetitions {
      let one = try first.repetition().seconds
      let other = try second.repetition().seconds
      result.values.append(inverted ? one / other : other / one)
    }
    return result
  }

  func measure(_ row: String, repetitions: Int, threads: Int) throws -> Measurement? {
    switch row {
    case "calm", "matmul", "matmul2":
      let product = try product ?? Product(kernels: kernels)
      self.product = product
      if row == "calm" { return product.calm() }
      return row == "matmul"
        ? product.share(repetitions: repetitions) : product.scaling(repetitions: repetitions)
    case "inference":
      let inference =
        try inference
        ?? Inference(samples: samples(for: [1, 28, 28]), threads: threads, kernels: kernels)
      self.inference = inference
      return inference.measure(repetitions: repetitions)
    case "conv2":
      let network = Network.convolutional()
      return try ratio(
        row, unit: "times one thread", repetitions: repetitions, run(network, threads: 1),
        run(network, threads: 2), inverted: true)
    case "oversubscribed":
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let network = Network.perceptron(64)
      return try ratio(
        row, unit: "times the right number", repetitions: repetitions,
        run(network, threads: cores), run(network, threads: 2 * cores), inverted: false)
    default:
      guard let network = Network.named(row) else { return nil }
      return try run(network, threads: threads).measure(repetitions: repetitions)
    }
  }
}

func run() throws {
  let options = Options(Array(CommandLine.arguments.dropFirst()))
  let rows = try Rows(options)
  switch options.rows.first {
  case "export":
    let folder = URL(fileURLWithPath: options.rows.last ?? ".")
    for network in Network.all {
      try TrainingRun.export(network, samples: rows.samples(for: network.input), to: folder)
    }
  case "serve":
    // A line is "ROW [REPETITIONS [THREADS]]"; the answer is a line of JSON.
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard let row = words.first else { break }
      let numbers = words.dropFirst().compactMap { Int($0) }
      let measured = try rows.measure(
        row, repetitions: numbers.first ?? 1,
        threads: numbers.count > 1 ? numbers[1] : options.threads)
      print(measured?.json ?? "{\"row\":\"\(row)\",\"error\":\"no such row\"}")
      fflush(nil)
    }
  default:
    for row in options.rows.isEmpty ? Rows.names : options.rows {
      let measured = try rows.measure(
        row, repetitions: options.repetitions, threads: options.threads)
      guard let measured else {
        print(
          "TrainingSpeed: no row is named \(row); there are \(Rows.names.joined(separator: " "))")
        exit(64)
      }
      print(options.isJSON ? measured.json : measured.line)
      fflush(nil)
    }
  }
}

try run()
