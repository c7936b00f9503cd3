import Kernels
import Testing
import Training

private let watched = TrainingConfiguration(
  model: perceptron, clipping: .init(norm: 0.5), epochs: 2, batchSize: 2, seed: 7)

@Suite("The statistics of a training")
struct StatisticsTests {
  @Test("of weights are their norm and their histogram")
  func weights() throws {
    let trainer = try makeTrainer(watched)
    _ = try trainer.finish()
    let tensors = trainer.modelTensors
    let statistics = trainer.weightStatistics()
    #expect(try trainer.weightStatistics(in: trainer.exportState()) == statistics)
    #expect(statistics.map(\.name) == tensors.map(\.name))
    for (tensor, measured) in zip(tensors, statistics) {
      let values = tensor.values.map(Double.init)
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(Double(measured.values.norm) - norm) <= 1e-6 * norm, "\(tensor.name)")
      #expect(measured.values.least == tensor.values.min())
      #expect(measured.values.greatest == tensor.values.max())
      let (least, greatest) = (Double(measured.values.least), Double(measured.values.greatest))
      let parts = ValueStatistics.parts
      // Each part counted on its own: from its lower border, below its upper one, the last with both.
      let counts = (0..<parts).map { part in
        values.count { value in
          let place = (value - least) / (greatest - least) * Double(parts)
          return part == parts - 1 ? place >= Double(part) : Int(place) == part
        }
      }
      #expect(measured.values.counts == counts)
      #expect(measured.values.counts.reduce(0, +) == values.count)
    }
  }

  @Test("of gradients come every sixteenth step and at the end of an epoch, before clipping")
  func gradients() throws {
    let trainer = try makeTrainer(watched)
    var steps: [StepReport] = []
    while !trainer.isFinished { _ = try trainer.runEpoch { steps.append($0) } }
    #expect(trainer.stepsPerEpoch == 27 && steps.count == 54)
    for step in steps {
      #expect(step.gradientNorms.isEmpty == (step.step % Trainer.gradientNormInterval != 0))
      #expect(step.gradients.isEmpty == (step.step != 26))
      // All of them together are as long as the gradient that was there before clipping.
      let norms = step.gradients.isEmpty ? step.gradientNorms : step.gradients.map(\.values.norm)
      guard !norms.isEmpty else { continue }
      let whole = norms.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      #expect(abs(whole - Double(step.gradientNorm)) <= 1e-5 * whole)
    }
    #expect(steps.contains { $0.gradientNorm > 0.5 })
  }

  @Test("have the same bits on every instruction set and any number of threads")
  func sameBits() throws {
    func measured(threads: Int, isa: InstructionSet?) throws -> [[ParameterStatistics]] {
      let trainer = try makeTrainer(watched, threads: threads, isa: isa)
      var found: [[ParameterStatistics]] = []
      while !trainer.isFinished {
        _ = try trainer.runEpoch { if !$0.gradients.isEmpty { found.append($0.gradients) } }
        found.append(trainer.weightStatistics())
      }
      return found
    }
    let one = try measured(threads: 1, isa: nil)
    #expect(try measured(threads: 3, isa: nil) == one)
    for isa in InstructionSet.available { #expect(try measured(threads: 2, isa: isa) == one) }
  }

  @Test("cost a training no bit")
  func weightsUntouched() throws {
    let watchedRun = try makeTrainer(watched).finish()
    let plain = try makeTrainer(watched)
    // Steps taken one by one measure nothing.
    while plain.progress.stepInEpoch < plain.stepsPerEpoch {
      let step = try plain.runStep()
      #expect(step.gradientNorms.isEmpty && step.gradients.isEmpty)
    }
    #expect(try plain.finish().bits == watchedRun.bits)
  }
}
