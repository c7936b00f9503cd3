/// Bars with their words and their table.
struct BarView {
  let bars: BarGroups
  let id: String
  let title: String
  /// The colour of each series.
  var styles: [Int]
  /// The name before each value; by default the names of the series.
  var letters: [String]?
  /// What the values are, which decides whether they are read as percentages.
  var quantity: String

  init(_ bars: BarGroups, id: String, title: String) {
    self.bars = bars
    self.id = id
    self.title = title
    styles = Array(bars.series.indices)
    quantity = bars.series.first?.name ?? ""
  }

  /// The largest number of distinguishable bars in a group.
  static let seriesLimit = 8

  func chart(note: String) -> ChartView {
    let shown = bars.series.indices.prefix(Self.seriesLimit)
    let chart = BarChart(
      id: id, title: title, description: description, categories: bars.categories,
      series: shown.map { index in
        BarChart.Series(
          label: letters?[index] ?? bars.series[index].name, style: styles[index],
          values: bars.series[index].values)
      }, quantity: quantity)
    return ChartView(
      title: title, note: [note, limits].filter { !$0.isEmpty }.joined(separator: " "),
      frame: "plain", svg: chart.svg(), table: table)
  }

  private var limits: String {
    var words: [String] = []
    if bars.categories.count > BarChart.limit {
      words.append("The first \(BarChart.limit) of \(NumberText.count(bars.categories.count)).")
    }
    if bars.series.count > Self.seriesLimit {
      words.append("The first \(Self.seriesLimit) of \(bars.series.count) are drawn.")
    }
    return words.joined(separator: " ") + (words.isEmpty ? "" : " All are in the table.")
  }

  private var description: String {
    let least = bars.series.flatMap(\.values).filter(\.isFinite)
    guard let range = LineData.range(of: least) else { return "Bar chart without values." }
    return "Bar chart of \(Text.counted(bars.categories.count, "name")) of "
      + "\(HTMLText.visible(bars.axis)): from \(NumberText.metric(range.lowerBound, named: quantity)) "
      + "to \(NumberText.metric(range.upperBound, named: quantity))."
  }

  private var table: TableView {
    TableView(
      name: "Data: \(title)",
      columns: [.init(name: bars.axis)] + bars.series.map { .init(name: $0.name, isNumber: true) },
      rows: bars.categories.prefix(PlotView.rowLimit * 5).enumerated().map { index, name in
        [.head(name)] + bars.series.map { .number(NumberText.significant($0.values[index], 6)) }
      })
  }
}

/// Points with their words and their table.
struct PointView {
  let cloud: PointCloud
  let id: String
  let title: String
  /// The colour of each group.
  var styles: [Int]
  /// Whether a legend elsewhere names the groups.
  var hasLegend = true

  init(_ cloud: PointCloud, id: String, title: String) {
    self.cloud = cloud
    self.id = id
    self.title = title
    styles = Array(cloud.groups.indices)
  }

  func chart(note: String) -> ChartView {
    let chart = PointChart(
      id: id, title: title, description: description, xName: cloud.xName, yName: cloud.yName,
      groups: zip(cloud.groups, styles).map { .init(style: $1, x: $0.x, y: $0.y) })
    return ChartView(
      title: title, note: [note, reduction].filter { !$0.isEmpty }.joined(separator: " "),
      frame: "unlabelled named", svg: chart.svg(),
      legend: cloud.groups.count > 1 && hasLegend
        ? zip(cloud.groups, styles).map {
          .init(label: $0.name, swatch: Swatch(style: $1, isPoint: true))
        } : [],
      table: table)
  }

  private var count: Int { cloud.groups.reduce(0) { $0 + $1.x.count } }

  private var reduction: String {
    count <= PointChart.limit
      ? ""
      : "\(NumberText.count(PointChart.limit)) of \(NumberText.count(count)) points are drawn, "
        + "evenly spaced."
  }

  private var description: String {
    "\(Text.counted(count, "point")) of \(HTMLText.visible(cloud.yName)) over "
      + "\(HTMLText.visible(cloud.xName))"
      + (cloud.groups.count > 1 ? " in \(cloud.groups.count) groups." : ".")
  }

  private var table: TableView {
    let limit = PlotView.rowLimit
    let isGrouped = cloud.groups.count > 1
    let places = cloud.groups.flatMap { group in group.x.indices.map { (group, $0) } }
    let chosen = places.count <= limit ? Array(places.indices) : spread(limit, over: places.count)
    return TableView(
      name: "Data: \(title)",
      remark: chosen.count < places.count
        ? "\(NumberText.count(chosen.count)) of \(NumberText.count(places.count)) rows, evenly "
          + "spaced." : nil,
      columns: (isGrouped ? [.init(name: "group")] : [])
        + [.init(name: cloud.xName, isNumber: true), .init(name: cloud.yName, isNumber: true)],
      rows: chosen.map { place in
        let (group, index) = places[place]
        return (isGrouped ? [.head(group.name)] : [])
          + [group.x[index], group.y[index]].map { .number(NumberText.significant($0, 6)) }
      })
  }

  private func spread(_ limit: Int, over count: Int) -> [Int] {
    (0..<limit).map { $0 * (count - 1) / (limit - 1) }
  }
}
