public import Report

/// Models of comparisons and of a store's index.
public enum SampleComparisons {
  /// Runs of one spec with some settings changed.
  public static func runs(_ count: Int, epochs: Int = 20, differentTestData: Bool = false)
    -> CompareReportModel
  {
    var shared = Noise(seed: 77)
    let stages = SampleReports.stages(&shared)
    let truth = (0..<10_000).map { $0 % 10 }
    return CompareReportModel(
      title: "What learning rate, batch size and width do to Fashion-MNIST",
      runs: (0..<count).map { index in
        var noise = Noise(seed: UInt64(100 + index))
        let rate = ["0.001", "0.003", "0.0003", "0.01", "0.0001"][index % 5]
        let batch = ["64", "64", "128", "256"][index % 4]
        let skill = [0.88, 0.895, 0.86, 0.87, 0.84][index % 5] - 0.002 * Double(index / 5)
        let matrix = SampleReports.confusion(&noise, skill: skill)
        let curves = SampleReports.curves(&noise, epochs: epochs, skill: (skill - 0.88) * 0.6)
        let held = curves[1].series[1].values
        let best = held.indices.max { held[$0] < held[$1] } ?? 0
        var run = ComparedRun(
          id: "01KANX6T9Q4M8Y2V7C3D5E6F\(String(index + 100, radix: 36).uppercased())",
          specName: "fashion-mnist",
          settings: SampleReports.settings(
            learningRate: rate, batchSize: batch, hidden: index % 3 == 2 ? "256" : "128")
            + [
              Setting(
                path: "train.optimizer.adam.weight_decay", value: index % 2 == 0 ? "0" : "0.01")
            ],
          metrics: [
            .init(name: "test accuracy", goal: .maximize, last: SampleReports.accuracy(matrix)),
            .init(name: "test loss", goal: .minimize, last: 0.34 - (skill - 0.88)),
            .init(
              name: "validation accuracy", goal: .maximize, last: held.last ?? 0, best: held[best],
              bestEpoch: Double(best + 1)),
            .init(name: "train seconds", goal: .none, last: 8.5 + noise.next()),
          ], curves: curves, confusion: matrix,
          predictions: .init(
            trueClasses: truth,
            predictedClasses: truth.map { noise.next() < skill ? $0 : ($0 + 3) % 10 }),
          plots: count == 2 ? SampleReports.plots(&noise) : [],
          environment: [
            Fact(name: "CPU", value: "Intel Xeon Platinum 8481C"),
            Fact(name: "Swift", value: "6.3.1"),
            Fact(name: "Threads", value: index % 2 == 0 ? "2" : "1"),
          ],
          stages: index == 0 ? stages : changed(stages, from: 2, &noise),
          specification: SampleReports.specification(learningRate: rate, batchSize: batch),
          testDataDigest: differentTestData && index > 1
            ? noise.digest() : stages[1].outputs[0].digest)
        let steps = 55_000 / (Int(batch) ?? 64)
        run.times = RunTimes(
          stepsPerEpoch: steps,
          ends: (0..<epochs).map { (0.2 + Double(steps) / 1500) * Double($0 + 1) })
        if index == 0 { run.tags = ["baseline"] }
        if index == 1 { run.note = "The rate that the schedule was made for; worth a longer run." }
        return run
      })
  }

  /// Runs over more classes than a table of cells can show.
  public static func manyClasses(_ count: Int = 40, runs: Int = 3) -> CompareReportModel {
    let names = (0..<count).map { "class \($0)" }
    return CompareReportModel(
      title: "\(runs) runs over \(count) classes",
      runs: (0..<runs).map { index in
        var noise = Noise(seed: UInt64(index + 300))
        var counts = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
        for row in names.indices {
          for _ in 0..<50 {
            let isRight = noise.next() < 0.7 + 0.05 * Double(index)
            counts[row][isRight ? row : (row + noise.index(below: 5)) % count] += 1
          }
        }
        let matrix = ConfusionMatrix(classNames: names, counts: counts)
        return ComparedRun(
          id: "01KANX6T9Q4M8Y2V7C3D5E6F\(index)", specName: "many",
          settings: [
            Setting(path: "train.optimizer", value: ["adam", "sgd", "adamw"][index % 3])
          ],
          metrics: [
            .init(
              name: "test accuracy", goal: .maximize,
              last: Double(matrix.correct) / Double(matrix.total))
          ], confusion: matrix)
      })
  }

  /// The stages with other outputs from a place on.
  private static func changed(_ stages: [StageSummary], from first: Int, _ noise: inout Noise)
    -> [StageSummary]
  {
    stages.enumerated().map { index, stage in
      guard index >= first else { return stage }
      var stage = stage
      stage.key = noise.digest()
      stage.outputs = stage.outputs.map {
        .init(name: $0.name, digest: noise.digest(), byteCount: $0.byteCount)
      }
      return stage
    }
  }

  /// A store with some runs.
  public static func index(_ count: Int = 14) -> IndexReportModel {
    IndexReportModel(
      title: "Runs in artifacts",
      runs: (0..<count).map { index in
        var noise = Noise(seed: UInt64(index + 900))
        let failed = index % 6 == 4
        let id = "01KANX6T9Q4M8Y2V7C3D5E\(String(index + 1300, radix: 36).uppercased())"
        return IndexReportModel.Run(
          id: id, title: index % 3 == 0 ? "MNIST perceptron" : "Fashion-MNIST perceptron",
          specName: index % 3 == 0 ? "mnist" : "fashion-mnist",
          status: failed
            ? .failed("train: the loss is NaN at epoch 3, step 211.")
            : index == 9
              ? .interrupted("train stopped at epoch 6; run again to go on.") : .succeeded,
          startedAt: "2026-11-\(22 - index / 4) 1\(5 - index % 4):28:00 UTC",
          seconds: 9 + 3 * noise.bell(),
          stages: [
            .init(name: "download", state: .hit, seconds: 0),
            .init(name: "prepare", state: .hit, seconds: 0),
            .init(name: "train", state: failed ? .failed : .ran, seconds: 8),
            .init(name: "evaluate", state: failed ? .skipped : .ran, seconds: 0.4),
          ],
          metrics: failed
            ? []
            : [
              Metric(name: "test accuracy", value: 0.885 + 0.01 * noise.bell(), goal: .maximize),
              Metric(name: "test loss", value: 0.34 + 0.01 * noise.bell(), goal: .minimize),
            ],
          settings: SampleReports.settings(learningRate: ["0.001", "0.003", "0.01"][index % 3]),
          page: "runs/\(id)/report.html", tags: index == 2 ? ["best"] : [],
          note: index % 5 == 2 ? "The schedule of the paper, with a batch twice as large." : nil)
      })
  }
}
