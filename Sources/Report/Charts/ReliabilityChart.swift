/// A reliability diagram: bars of accuracy over confidence, and how far each is from the diagonal.
struct ReliabilityChart {
  var reliability: Reliability

  private var error: String { NumberText.percent(reliability.expectedCalibrationError) }

  var view: ChartView {
    ChartView(
      title: "Reliability",
      note: "Expected calibration error \(error). A bar below the diagonal is overconfident.",
      frame: "square", svg: svg(),
      table: TableView(
        name: "Reliability: bins of confidence",
        columns: [
          .init(name: "Confidence"), .init(name: "Mean", isNumber: true),
          .init(name: "Accuracy", isNumber: true), .init(name: "Samples", isNumber: true),
        ],
        rows: reliability.bins.map { bin in
          [
            .head(
              "\(NumberText.fixed(bin.lower, decimals: 2))–\(NumberText.fixed(bin.upper, decimals: 2))"
            ),
            .number(bin.count == 0 ? "" : NumberText.fixed(bin.confidence, decimals: 3)),
            .number(bin.count == 0 ? "" : NumberText.fixed(bin.accuracy, decimals: 3)),
            .number(NumberText.count(bin.count)),
          ]
        }))
  }

  private func svg() -> Markup {
    var frame = LineChart(
      id: "reliability", title: "Reliability diagram",
      description: "", xLabel: "confidence", lines: [])
    frame.xRange = 0...1
    frame.yRange = 0...1
    frame.height = 260
    let (xScale, yScale) = (frame.xScale, frame.yScale)
    return Markup { writer in
      writer.plot(
        "plot unlabelled", id: "reliability", height: frame.height, title: "Reliability diagram",
        description: "Accuracy over confidence in \(reliability.bins.count) bins; expected "
          + "calibration error \(error)."
      ) { group in
        frame.writeGrid(to: &group, xScale, yScale)
        group.element("g", ["class": "bars"]) { bars in
          for bin in reliability.bins where bin.count > 0 { write(bin, to: &bars, frame) }
        }
        frame.diagonal = "perfect"
        frame.writeLines(to: &group, xScale, yScale)
      }
    }
  }

  private func write(_ bin: Reliability.Bin, to bars: inout MarkupWriter, _ frame: LineChart) {
    let bar = { (from: Double, to: Double, name: String) -> KeyValuePairs<String, String> in
      [
        "class": name, "x": frame.across(bin.lower + 0.003),
        "width": frame.across(bin.upper - bin.lower - 0.006), "y": frame.down(max(from, to)),
        "height": NumberText.significant(
          (abs(to - from) * Double(frame.height) * 10).rounded() / 10, 5),
      ]
    }
    bars.element("rect", bar(0, bin.accuracy, ""))
    bars.element("rect", bar(bin.accuracy, bin.confidence, "gap"))
  }
}
