internal import Pipeline
internal import Report

extension PlotBuilder {
  /// Makes a plot by a template, which may have a title of its own.
  func plot(
    by file: PlotDefinition.Source, x: String?, y: String?,
    reading read: (PlotDefinition.Source) throws -> [UInt8]
  ) throws -> Plot {
    let anchors = [
      "X": x, "X_LABEL": x, "Y": y, "Y_LABEL": y, "TITLE": definition.heading,
    ].compactMapValues { $0 }
    let template = try PlotTemplate(read(file), source: file.name, anchors: anchors)
    let source = definition.sources[0]
    let given = [definition.title, template.title].compactMap { $0 }.first { !$0.isEmpty }
    return Plot(
      title: given ?? definition.heading, source: definition.source,
      content: try content(of: template, over: PlotTable(read(source), source: source.name)))
  }

  /// Draws a table as a template says, by the charts that pages have.
  ///
  /// - Throws: ``StepFailure`` that names the column, or the place in the template.
  func content(
    of template: PlotTemplate, over table: PlotTable
  ) throws(StepFailure) -> Plot.Content {
    switch template.mark {
    case .line: return .lines(try lines(template, table))
    case .point, .circle, .square:
      let (across, up) = (try column(template.x, table), try column(template.y, table))
      let groups = try groups(table, template.color)
      return .points(
        PointCloud(
          xName: template.x.name, yName: template.y.name,
          groups: groups.map { group in
            .init(
              name: group.name ?? template.y.name, x: group.rows.map { across[$0] },
              y: group.rows.map { up[$0] })
          }))
    case .bar:
      if let bins = template.x.bins {
        return .histogram(
          column: template.x.name, values: try column(template.x, table), bins: bins)
      }
      return .bars(try bars(template, table))
    }
  }

  /// A channel as numbers; the number of the row where it has no column.
  private func column(
    _ channel: PlotTemplate.Channel, _ table: PlotTable
  ) throws(StepFailure) -> [Double] {
    guard let column = channel.column else { return table.rows.indices.map { Double($0 + 1) } }
    return try table.numbers(column)
  }

  private func lines(
    _ template: PlotTemplate, _ table: PlotTable
  ) throws(StepFailure) -> Curve {
    let (across, up) = (try column(template.x, table), try column(template.y, table))
    let series = try groups(table, template.color).map { group -> CurveSeries in
      var places = group.rows.filter { across[$0].isFinite }
      places = Self.ascending(places, by: across)
      guard let aggregate = template.y.aggregate else {
        return CurveSeries(
          name: group.name ?? template.y.name, positions: places.map { across[$0] },
          values: places.map { up[$0] })
      }
      var positions: [Double] = []
      var values: [[Double]] = []
      for place in places {
        if positions.last != across[place] {
          positions.append(across[place])
          values.append([])
        }
        values[values.count - 1].append(up[place])
      }
      return CurveSeries(
        name: group.name ?? template.y.name, positions: positions,
        values: values.map { aggregate.value(of: $0) })
    }
    let axis = template.x.column == nil ? template.x.title ?? "row" : template.x.name
    return Curve(name: template.y.name, axis: axis, goal: .none, series: series)
  }

  private func bars(
    _ template: PlotTemplate, _ table: PlotTable
  ) throws(StepFailure) -> BarGroups {
    let (names, lengths) =
      template.x.isNumber ? (template.y, template.x) : (template.x, template.y)
    let texts = try table.texts(names.column ?? "")
    let values = try column(lengths, table)
    let groups = try groups(table, template.color)
    var categories: [String] = []
    var places: [String: Int] = [:]
    for text in texts where places[text] == nil {
      places[text] = categories.count
      categories.append(text)
    }
    var series: [BarGroups.Series] = []
    for group in groups {
      var found = [[Double]](repeating: [], count: categories.count)
      for row in group.rows {
        if let place = places[texts[row]] { found[place].append(values[row]) }
      }
      if lengths.aggregate == nil, let twice = found.firstIndex(where: { $0.count > 1 }) {
        throw StepFailure(
          .invalidSpec,
          "\(template.source), encoding.\(template.x.isNumber ? "x" : "y"): \(table.source) has "
            + "\(found[twice].count) rows of “\(categories[twice].prefix(40))”; say what to make of "
            + "them by an aggregate: \(PlotTemplate.Aggregate.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      series.append(
        .init(
          name: group.name ?? lengths.name,
          values: found.map { values in
            guard let aggregate = lengths.aggregate else { return values.first ?? .nan }
            return values.isEmpty ? .nan : aggregate.value(of: values)
          }))
    }
    var order = Array(categories.indices)
    if names.isSortedByLength, let first = series.first {
      let key = { (place: Int) in
        first.values[place].isNaN ? -Double.infinity : first.values[place]
      }
      order.sort { (key($1), $0) < (key($0), $1) }
    }
    return BarGroups(
      axis: names.name, categories: order.map { categories[$0] },
      series: series.map { one in
        .init(name: one.name, values: order.map { one.values[$0] })
      })
  }
}

extension PlotTemplate.Aggregate {
  /// What is made of the values of rows at one place; a row without a value counts as a row only.
  func value(of values: [Double]) -> Double {
    if self == .count { return Double(values.count) }
    let known = values.filter { !$0.isNaN }
    guard !known.isEmpty else { return .nan }
    let sum = known.reduce(0, +)
    switch self {
    case .count: return Double(values.count)
    case .sum: return sum
    case .mean, .average: return sum / Double(known.count)
    case .min: return known.reduce(.infinity, Swift.min)
    case .max: return known.reduce(-.infinity, Swift.max)
    case .median:
      let sorted = known.sorted()
      let middle = sorted.count / 2
      return sorted.count % 2 == 1
        ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
  }
}
