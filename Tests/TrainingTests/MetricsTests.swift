import Testing
import Training

@Suite("Metrics")
struct MetricsTests {
  // By hand: labels 0 0 0 1 1 2, predictions 0 0 1 1 2 2.
  let matrix = ConfusionMatrix(
    labels: [0, 0, 0, 1, 1, 2], predictions: [0, 0, 1, 1, 2, 2], classCount: 4)

  @Test("count what was taken for what")
  func counts() {
    #expect(matrix[0, 0] == 2 && matrix[0, 1] == 1 && matrix[1, 2] == 1 && matrix[2, 2] == 1)
    #expect(matrix.total == 6 && matrix.accuracy == 4.0 / 6)
  }

  @Test("give precision, recall and F1 of each class, and zero for an empty one")
  func classes() {
    let classes = matrix.classes
    #expect(classes[0] == ClassMetrics(precision: 1, recall: 2.0 / 3, f1: 0.8, support: 3))
    #expect(classes[1] == ClassMetrics(precision: 0.5, recall: 0.5, f1: 0.5, support: 2))
    #expect(classes[2].precision == 0.5 && classes[2].recall == 1)
    #expect(classes[3] == ClassMetrics(precision: 0, recall: 0, f1: 0, support: 0))
  }

  @Test("average over classes and over samples")
  func averages() {
    #expect(matrix.macroAverage.precision == 0.5)
    #expect(matrix.weightedAverage.precision == 0.75)
    // The weighted recall is the accuracy.
    #expect(abs(matrix.weightedAverage.recall - matrix.accuracy) < 1e-15)
    #expect(matrix.macroAverage.support == 6)
  }

  @Test("hold for no samples at all")
  func empty() {
    let empty = ConfusionMatrix(labels: [], predictions: [], classCount: 2)
    #expect(empty.accuracy == 0 && empty.weightedAverage.f1 == 0)
  }
}

@Suite("A learning-rate schedule")
struct ScheduleTests {
  func rates(_ schedule: some ScheduleKind) -> [Double] {
    (0..<20).map { schedule.learningRate(step: $0, stepsPerEpoch: 5, epochs: 4, base: 2) }
  }

  @Test("stays, or falls after epochs")
  func steps() {
    #expect(rates(ConstantSchedule()) == Array(repeating: 2, count: 20))
    #expect(rates(StepSchedule(everyEpochs: 2, factor: 0.5)) == (0..<20).map { $0 < 10 ? 2 : 1 })
    #expect(rates(ExponentialSchedule(factor: 0.5)) == (0..<20).map { [2, 1, 0.5, 0.25][$0 / 5] })
  }

  @Test("goes down half a cosine to its minimum at the last step")
  func cosine() {
    let found = rates(CosineSchedule(final: 0.1))
    #expect(found[0] == 2 && abs(found[19] - 0.2) < 1e-15)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test("rises over the warm-up")
  func warmUp() {
    #expect(
      Array(rates(ConstantSchedule().after(warmupEpochs: 0.8)).prefix(5)) == [0.5, 1, 1.5, 2, 2])
  }

  @Test("rises and falls in one cycle")
  func oneCycle() {
    let found = rates(OneCycleSchedule(warmupShare: 0.5, divider: 10, finalDivider: 100))
    #expect(abs(found[0] - 0.2) < 1e-15 && abs(found[19] - 0.002) < 1e-15)
    #expect(found.max()! > 1.97)
  }
}
