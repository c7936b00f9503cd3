public import Report

extension SampleComparisons {
  /// Fifty runs with ten thousand steps each: more than fits on a screen.
  public static func large(runs count: Int = 50, points: Int = 10_000) -> CompareReportModel {
    CompareReportModel(
      title: "\(count) runs of \(points) steps",
      runs: (0..<count).map { index in
        var noise = Noise(seed: UInt64(index + 4000))
        let pace = 2 + 8 * noise.next()
        let values = (0..<points).map { step in
          let part = Double(step) / Double(points)
          return 2.3 / (1 + pace * part) + 0.15 * noise.bell()
        }
        return ComparedRun(
          id: "01KANX6T9Q4M8Y2V7C3D5E6F\(String(index + 100, radix: 36).uppercased())",
          specName: "long",
          settings: [Setting(path: "train.learning_rate", value: "\(Double(index + 1) / 1000)")],
          metrics: [.init(name: "loss", goal: .minimize, last: values.last ?? 0)],
          curves: [
            Curve(
              name: "loss", axis: "step", goal: .minimize,
              series: [CurveSeries(name: "train", values: values, from: 0)])
          ])
      })
  }
}
