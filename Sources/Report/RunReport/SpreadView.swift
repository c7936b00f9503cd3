/// Small charts of how the values of weights and gradients were distributed, epoch by epoch.
struct SpreadView {
  private let spreads: [ParameterSpread]

  /// The number of charts of each kind shown open.
  private static let open = 8
  /// The most rows of the tables beside the charts.
  private static let rowLimit = 400

  init?(_ spreads: [ParameterSpread]) {
    let recorded = spreads.filter { !$0.positions.isEmpty }
    guard !recorded.isEmpty else { return nil }
    // Matrices first: what biases do is seldom the question.
    self.spreads =
      recorded.filter { $0.name.hasSuffix("weight") }
      + recorded.filter { !$0.name.hasSuffix("weight") }
  }

  func write(to section: inout MarkupWriter) {
    write(
      "Weights",
      note: "Bands contain all, nine tenths and half of the values; the line is the median. Right: "
        + "the histogram of the last epoch.", id: "w", \.weights, to: &section)
    write(
      "Gradients", note: "Of the last batch of each epoch, before it is clipped.", id: "g",
      \.gradients, to: &section)
  }

  private func write(
    _ name: String, note: String, id: String,
    _ values: (ParameterSpread) -> [ParameterSpread.Histogram], to section: inout MarkupWriter
  ) {
    let charts = spreads.enumerated().map { index, spread in
      (
        name: spread.name,
        svg: SpreadChart(
          id: "spread-\(id)-\(index)", title: "\(name) of \(spread.name)",
          positions: spread.positions, histograms: values(spread)
        ).svg()
      )
    }
    let list = { (charts: ArraySlice<(name: String, svg: Markup)>, page: inout MarkupWriter) in
      page.element("ul", ["class": "spreads"]) { list in
        for chart in charts {
          list.element("li") { item in
            item.element("h4") { $0.segments(chart.name) }
            item.element("div", ["class": "frame spread-frame"]) { $0.append(chart.svg) }
          }
        }
      }
    }
    section.element("figure", ["class": "figure spread-group"]) { figure in
      figure.caption(name, note: note)
      list(charts.prefix(Self.open), &figure)
      let more = charts.dropFirst(Self.open)
      if !more.isEmpty {
        figure.element("details") { details in
          details.element("summary", text: Text.counted(more.count, "more parameter"))
          list(more, &details)
        }
      }
      figure.element("details") { details in
        details.element("summary", text: "Data: \(name)")
        table(name, values).write(to: &details)
      }
    }
  }

  private func table(
    _ name: String, _ values: (ParameterSpread) -> [ParameterSpread.Histogram]
  ) -> TableView {
    let shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    let epochs = max(Self.rowLimit / spreads.count, 2)
    return TableView(
      name: "\(name): quantiles of each parameter",
      columns: [.init(name: "Parameter"), .init(name: "epoch", isNumber: true)]
        + ["minimum", "5%", "25%", "median", "75%", "95%", "maximum"].map {
          .init(name: $0, isNumber: true)
        },
      rows: spreads.flatMap { spread -> [TableView.Row] in
        let all = values(spread)
        let chosen =
          all.count <= epochs
          ? Array(all.indices) : (0..<epochs).map { $0 * (all.count - 1) / (epochs - 1) }
        return chosen.map { index in
          [.head(spread.name), .number(NumberText.significant(spread.positions[index], 7))]
            + shares.map { .number(NumberText.significant(all[index].quantile($0), 4)) }
        }
      })
  }
}
