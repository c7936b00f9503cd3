import Foundation
internal import Report
internal import VegaLite

extension SampleReports {
  /// Graphics after Vega-Lite: layers, facets, heat maps, boxes, dates, logarithms and sizes.
  static func graphics(_ noise: inout Noise) -> [Plot] {
    let epochs = folds(&noise)
    let pairs = classes(&noise)
    let days = visits(&noise)
    let trials = search(&noise)
    return [
      plot("Loss of all folds", "cv/folds.csv", epochs, lossOfFolds),
      plot("Confused with", "cv/pairs.csv", pairs, confusedWith),
      plot("Visits by channel", "log/visits.csv", days, visitsByChannel),
      plot("Spread by fold", "cv/folds.csv", epochs, spreadByFold),
      plot("Trials", "search/trials.csv", trials, sizedTrials),
      plot("Each fold alone", "cv/folds.csv", epochs, eachFold),
      plot("Visits in all", "log/visits.csv", days, visitsInAll),
      plot("Mean of all folds", "cv/folds.csv", epochs.with("rev", "this run"), meanOfFolds),
      plot("Widths of trials", "search/trials.csv", trials, widthsOfTrials),
      plot("Where readers are", "log/readers.csv", readers(&noise), whereReadersAre),
      plot("Share of channels", "log/visits.csv", days, shareOfChannels),
    ].compactMap { $0 }
  }

  private static func plot(
    _ title: String, _ source: String, _ table: DataTable, _ template: String
  ) -> Plot? {
    guard
      let value = try? JSONDecoder().decode(JSONValue.self, from: Data(template.utf8)),
      let graphic = try? Graphic(specification: value, table: table)
    else { return nil }
    return Plot(title: title, source: source, content: .graphic(graphic))
  }

  private static func table(_ names: [String], _ rows: [[String]]) -> DataTable {
    DataTable(source: "sample", names: names, rows: rows)
  }

  private static func folds(_ noise: inout Noise) -> DataTable {
    var rows: [[String]] = []
    for fold in 1...5 {
      for epoch in 1...20 {
        let shape = 2.4 / Double(epoch) + 0.05 * Double(fold)
        rows.append([
          "fold \(fold)", "\(epoch)", "\(shape * (1 + 0.2 * noise.next()))",
          epoch % 2 == 0 ? "valid" : "train",
        ])
      }
    }
    return table(["fold", "epoch", "loss", "part"], rows)
  }

  private static func classes(_ noise: inout Noise) -> DataTable {
    let names = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker"]
    var rows: [[String]] = []
    for truth in names {
      for guess in names {
        let count = truth == guess ? 60 + noise.index(below: 40) : noise.index(below: 24)
        rows.append([truth, guess, "\(count)"])
      }
    }
    return table(["true", "predicted", "count"], rows)
  }

  private static func visits(_ noise: inout Noise) -> DataTable {
    var rows: [[String]] = []
    for month in 1...12 {
      for channel in ["paper", "search", "word of mouth"] {
        let number = "\(month)"
        let name = number.count < 2 ? "0\(number)" : number
        rows.append(["2026-\(name)-15", channel, "\(20 + noise.index(below: 30) + month * 2)"])
      }
    }
    return table(["day", "channel", "visits"], rows)
  }

  private static func search(_ noise: inout Noise) -> DataTable {
    table(
      ["learning_rate", "accuracy", "width", "seconds"],
      (0..<60).map { index in
        let rate = 0.0001 * Double(1 + index * index) / 3
        return [
          "\(rate)", "\(0.9 - abs(rate - 0.03) * 3 + 0.03 * noise.next())",
          "\(16 << (index % 5))", "\(5 + noise.index(below: 90))",
        ]
      })
  }

  private static func readers(_ noise: inout Noise) -> DataTable {
    let cities = [
      ("Lagos", 3.4, 6.5), ("Lima", -77.0, -12.0), ("Oslo", 10.7, 59.9), ("Cairo", 31.2, 30.1),
      ("Tokyo", 139.7, 35.7), ("Perth", 115.9, -32.0), ("Boston", -71.1, 42.4),
      ("Delhi", 77.2, 28.6), ("Auckland", 174.8, -36.8), ("Santos", -46.3, -23.9),
    ]
    return table(
      ["city", "longitude", "latitude", "readers", "part"],
      cities.enumerated().map { index, city in
        [
          city.0, "\(city.1)", "\(city.2)", "\(20 + noise.index(below: 400))",
          index % 2 == 0 ? "train" : "test",
        ]
      })
  }

  private static let whereReadersAre = """
    {"projection": {"type": "naturalEarth1"}, "layer": [
       {"data": {"sphere": true}, "mark": {"type": "geoshape", "filled": false, "stroke": "gray"}},
       {"data": {"graticule": {"step": [30, 30]}}, "mark": {"type": "geoshape", "filled": false, "stroke": "gray", "opacity": 0.4}},
       {"data": {"values": {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates":
          [[[-17, 15], [-6, 36], [10, 37], [32, 31], [43, 12], [51, 11], [40, -5], [40, -16], [33, -27], [20, -35], [12, -17],
            [9, 4], [-8, 4], [-17, 15]]]}}}, "mark": {"type": "geoshape", "fill": "lightgray", "opacity": 0.6}},
       {"mark": "circle", "encoding": {
          "longitude": {"field": "longitude", "type": "quantitative"}, "latitude": {"field": "latitude", "type": "quantitative"},
          "size": {"field": "readers", "type": "quantitative"}, "color": {"field": "part", "type": "nominal"},
          "tooltip": [{"field": "city"}, {"field": "readers", "type": "quantitative"}]}},
       {"mark": {"type": "text", "dy": -14}, "encoding": {
          "longitude": {"field": "longitude"}, "latitude": {"field": "latitude"}, "text": {"field": "city"}}}]}
    """

  private static let lossOfFolds = """
    {"params": [{"name": "from", "value": 1,
       "bind": {"input": "range", "min": 1, "max": 9, "step": 1, "name": "From epoch "}}],
     "transform": [{"filter": "datum.epoch >= from"}],
     "layer": [
      {"mark": {"type": "errorband", "extent": "stdev"}},
      {"mark": "line", "encoding": {"y": {"aggregate": "mean", "field": "loss"}}},
      {"mark": {"type": "rule", "color": "gray", "strokeDash": [4, 4]},
       "encoding": {"x": null, "y": {"datum": 0.3}}},
      {"mark": {"type": "text", "align": "right", "dy": -8, "text": "goal", "x": "width", "color": "gray"},
       "encoding": {"x": null, "y": {"datum": 0.3}}}],
     "encoding": {"x": {"field": "epoch", "type": "quantitative"},
       "y": {"field": "loss", "type": "quantitative", "scale": {"type": "log"}}}}
    """

  private static let confusedWith = """
    {"transform": [{"joinaggregate": [{"op": "sum", "field": "count", "as": "all"}], "groupby": ["true"]},
       {"calculate": "datum.count / datum.all", "as": "share"}],
     "encoding": {"x": {"field": "predicted", "type": "nominal"}, "y": {"field": "true", "type": "nominal"}},
     "layer": [
       {"mark": "rect", "encoding": {"color": {"field": "share", "type": "quantitative", "legend": {"format": ".0%"}}}},
       {"mark": "text", "encoding": {"text": {"field": "count", "type": "quantitative"},
         "color": {"condition": {"test": "datum.share > 0.4", "value": "white"}, "value": "black"}}}]}
    """

  private static let visitsByChannel = """
    {"mark": "bar", "encoding": {
       "x": {"field": "day", "timeUnit": "month", "type": "ordinal", "title": "month"},
       "y": {"aggregate": "sum", "field": "visits", "title": "visits"},
       "color": {"field": "channel", "type": "nominal"}}}
    """

  private static let spreadByFold = """
    {"mark": "boxplot", "encoding": {
       "y": {"field": "fold", "type": "nominal", "title": null},
       "yOffset": {"field": "part"},
       "x": {"field": "loss", "type": "quantitative"}, "color": {"field": "part", "type": "nominal"}}}
    """

  private static let sizedTrials = """
    {"mark": "circle", "encoding": {
       "x": {"field": "learning_rate", "type": "quantitative", "scale": {"type": "log"}},
       "y": {"field": "accuracy", "type": "quantitative", "axis": {"format": ".0%"}},
       "size": {"field": "width", "type": "quantitative"},
       "color": {"field": "seconds", "type": "quantitative"}}}
    """

  private static let widthsOfTrials = """
    {"hconcat": [
       {"params": [{"name": "part", "select": {"type": "interval", "encodings": ["x"]}}],
        "mark": "point", "encoding": {
          "x": {"field": "learning_rate", "type": "quantitative", "scale": {"type": "log"}},
          "y": {"field": "accuracy", "type": "quantitative", "axis": {"format": ".0%"}},
          "color": {"condition": {"param": "width", "field": "width", "type": "nominal"}, "value": "lightgray"}}},
       {"params": [{"name": "width", "select": {"type": "point", "fields": ["width"]}}],
        "transform": [{"filter": {"param": "part"}}],
        "mark": "bar", "encoding": {"y": {"field": "width", "type": "nominal"},
          "x": {"aggregate": "count", "title": "trials"},
          "color": {"field": "width", "type": "nominal"}}}]}
    """

  private static let eachFold = """
    {"mark": {"type": "line", "point": true}, "encoding": {
       "x": {"field": "epoch", "type": "quantitative"}, "y": {"field": "loss", "type": "quantitative"},
       "color": {"field": "part", "type": "nominal"},
       "facet": {"field": "fold", "type": "nominal", "columns": 3}}}
    """

  private static let visitsInAll = """
    {"mark": "area", "encoding": {"x": {"field": "day", "type": "temporal", "title": null},
       "y": {"aggregate": "sum", "field": "visits", "title": "visits"},
       "color": {"field": "channel", "type": "nominal"}}}
    """

  private static let meanOfFolds = """
    {"layer": [{"mark": "line"}, {"mark": "circle"}], "encoding": {
       "x": {"field": "epoch", "type": "quantitative"},
       "y": {"aggregate": "mean", "field": "loss"}, "color": {"field": "rev", "type": "nominal"}}}
    """

  private static let shareOfChannels = """
    {"mark": {"type": "arc", "innerRadius": 70}, "encoding": {
       "theta": {"aggregate": "sum", "field": "visits"}, "color": {"field": "channel", "type": "nominal"}}}
    """
}
