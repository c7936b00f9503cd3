/// The norms of weights and gradients of each layer over training.
struct NormCharts {
  let norms: [LayerNorms]

  var charts: [ChartView] {
    [
      chart("weight norm", norms.map { ($0, $0.weights) }),
      chart("gradient norm", norms.map { ($0, $0.gradients) }),
    ].compactMap { $0 }
  }

  private func chart(_ name: String, _ values: [(layer: LayerNorms, values: [Double])])
    -> ChartView?
  {
    let recorded = values.filter { !$0.values.isEmpty }
    guard !recorded.isEmpty else { return nil }
    let curve = Curve(
      name: name, goal: .none,
      series: recorded.map {
        CurveSeries(name: $0.layer.layer, positions: $0.layer.positions, values: $0.values)
      })
    var chart = CurveChart(id: name == "weight norm" ? "weights" : "gradients", curve: curve)
    if recorded.count > 8 {
      chart.legend = recorded.enumerated().map { index, entry in
        .init(label: entry.layer.layer, swatch: Swatch(style: index))
      }
    }
    return chart.view
  }
}
