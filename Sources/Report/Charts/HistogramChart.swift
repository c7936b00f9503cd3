/// The distribution of values over bins of a common range: outlines, so that several can be superimposed.
struct HistogramChart {
  struct Series {
    var label: String
    var style: Int
    var values: [Double]
  }

  var id: String
  var title: String
  var column: String
  var bins: Int
  var series: [Series]

  /// The borders of the parts; the same for every series.
  var edges: [Double] {
    guard let range = LineData.range(of: series.lazy.flatMap(\.values)) else { return [0, 1] }
    let width = range.upperBound - range.lowerBound
    guard width > 0 else { return [range.lowerBound - 0.5, range.lowerBound + 0.5] }
    guard width.isFinite else { return [range.lowerBound, range.upperBound] }
    return (0...bins).map { range.lowerBound + width * Double($0) / Double(bins) }
  }

  /// The counts of each series.
  func counts(_ edges: [Double]) -> [[Int]] {
    let count = edges.count - 1
    let (low, high) = (edges[0], edges[count])
    return series.map { one in
      var counts = [Int](repeating: 0, count: count)
      for value in one.values where value.isFinite {
        let part = (value - low) / (high - low)
        // Neither a range without extent nor one that overflows has parts.
        counts[part.isFinite ? min(max(Int(part * Double(count)), 0), count - 1) : 0] += 1
      }
      return counts
    }
  }

  func view(note: String?) -> ChartView {
    let edges = edges
    let counts = counts(edges)
    var chart = LineChart(
      id: id, title: title, description: description(counts), xLabel: HTMLText.visible(column),
      lines: zip(series, counts).map { one, counts in
        LineChart.Line(
          label: HTMLText.visible(one.label), data: Self.outline(counts, edges), style: one.style)
      })
    chart.hasEndLabels = false
    chart.xRange = edges[0]...edges[edges.count - 1]
    chart.yRange = 0...Double(max(counts.joined().max() ?? 1, 1)) * 1.05
    return ChartView(
      title: title, note: note, frame: "unlabelled" + (series.count == 1 ? " filled" : ""),
      svg: chart.svg(), table: table(edges, counts))
  }

  private static func outline(_ counts: [Int], _ edges: [Double]) -> LineData {
    var line = LineData(x: [edges[0]], y: [0])
    for (index, count) in counts.enumerated() {
      line.x += [edges[index], edges[index + 1]]
      line.y += [Double(count), Double(count)]
    }
    line.x.append(edges[edges.count - 1])
    line.y.append(0)
    return line
  }

  private func description(_ counts: [[Int]]) -> String {
    let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
    return "Histogram of \(Text.counted(total, "value")) of \(HTMLText.visible(column)) in "
      + "\(Text.counted(counts.first?.count ?? 0, "bin"))."
  }

  private func table(_ edges: [Double], _ counts: [[Int]]) -> TableView {
    TableView(
      name: "Data: \(title)",
      columns: [.init(name: "from", isNumber: true), .init(name: "to", isNumber: true)]
        + series.map { .init(name: series.count == 1 ? "count" : $0.label, isNumber: true) },
      rows: (0..<edges.count - 1).map { part in
        [
          TableView.Cell(
            text: NumberText.significant(edges[part], 5), look: "num", isHead: true),
          .number(NumberText.significant(edges[part + 1], 5)),
        ] + counts.map { .number(NumberText.count($0[part])) }
      })
  }
}
