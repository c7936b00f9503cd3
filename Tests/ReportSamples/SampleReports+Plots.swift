internal import Report

extension SampleReports {
  /// A plot of each kind, as a spec may ask for them.
  static func plots(_ noise: inout Noise) -> [Plot] {
    let skill = 0.6 + 0.3 * noise.next()
    let features = [
      "living area", "year built", "garage", "distance to the next school", "storeys",
    ]
    let gains = features.map { _ in 2.5 * noise.next() - 0.3 }
    let width = (0..<90).map { Double($0 / 30) + 0.6 * noise.bell() }
    let length = (0..<90).map { 3 - 0.5 * Double($0 / 30) + 0.4 * noise.bell() }
    let errors = (0..<600).map { _ in 12 * noise.bell() }
    let counts = (0..<3).map { row in
      (0..<3).map { $0 == row ? 300 + noise.index(below: 60) : 10 + noise.index(below: 40) }
    }
    let place = 60 + noise.index(below: 200)
    return [
      Plot(
        title: "Lift", source: "explain/lift.csv",
        content: .lines(
          Curve(
            name: "lift", axis: "share", goal: .none,
            series: [
              CurveSeries(
                name: "lift", positions: (0...40).map { Double($0) / 40 },
                values: (0...40).map { 1 - (1 - Double($0) / 40) * (1 - skill * Double($0) / 40) })
            ]))),
      Plot(
        title: "Districts", source: "explain/districts.tsv",
        content: .points(
          PointCloud(
            xName: "distance", yName: "price per m²",
            groups: ["North", "South", "Harbour"].enumerated().map { index, name in
              .init(
                name: name, x: Array(width[index * 30..<index * 30 + 30]),
                y: Array(length[index * 30..<index * 30 + 30]))
            }))),
      Plot(
        title: "Importance", source: "explain/importance.jsonl",
        content: .bars(
          BarGroups(
            axis: "feature", categories: features, series: [.init(name: "gain", values: gains)]))),
      Plot(
        title: "Errors", source: "explain/errors.csv",
        content: .histogram(column: "error (k€)", values: errors, bins: 24)),
      Plot(
        title: "Price classes", source: "explain/classes.csv",
        content: .confusion(
          ConfusionMatrix(classNames: ["low", "middle", "high"], counts: counts))),
      Plot(
        title: "Map", source: "explain/map.svg",
        content: .image(
          PlotImage(
            mediaType: .svg,
            bytes: Array(
              """
              <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" width="320" height="180">\
              <rect width="320" height="180" fill="#e8eef6"/>\
              <circle cx="\(place)" cy="90" r="40" fill="#0b63c5"/></svg>
              """.utf8), alternative: "Where the houses stand"))),
      Plot(
        title: "Dearest mistakes", source: "explain/worst.csv",
        content: .table(
          PlainTable(
            columns: ["house", "true", "predicted"],
            rows: (0..<6).map { ["No \($0 * 7 + 3)", "\(400 + $0 * 9)", "\(320 + $0 * 4)"] },
            rowCount: 40))),
    ]
  }
}
