internal import ContentAddressing

/// One plot that a spec asks for, read from the canonical form of the settings: of a stage that runs, or
/// of the stored key of one that did.
struct PlotDefinition {
  enum Kind {
    case line(x: String?, y: [String], by: String?)
    case scatter(x: String, y: String, by: String?)
    case bar(x: String, y: [String], isSorted: Bool)
    case histogram(x: String, bins: Int)
    case confusion(actual: String, predicted: String)
    case table(columns: [String])
    case image(alternative: String?)
  }

  /// The most plots of one report.
  static let largestCount = 64

  let kind: Kind
  let title: String?
  /// The name of its input: `plots.0.line.data`.
  let input: String
  /// The output that it shows: `fit/history.csv`.
  let source: String

  /// Reads the plots of a report's settings.
  ///
  /// - Parameters:
  ///   - settings: The canonical form of the settings of a stage `report`.
  ///   - source: The reference behind the path of an input.
  /// - Returns: The plots in the order of the spec.
  static func all(
    in settings: CanonicalValue, source: (String) -> String?
  ) -> [PlotDefinition] {
    (settings["plots"]?.array ?? []).enumerated().compactMap { index, value in
      guard let (name, fields) = value.object?.first, let kind = kind(name, fields) else {
        return nil
      }
      let input = "plots.\(index).\(name).data"
      return PlotDefinition(
        kind: kind, title: fields["title"]?.string, input: input, source: source(input) ?? input)
    }
  }

  private static func kind(_ name: String, _ fields: CanonicalValue) -> Kind? {
    let text = { (field: String) in fields[field]?.string }
    let texts = { (field: String) in
      fields[field]?.array?.compactMap(\.string) ?? text(field).map { [$0] } ?? []
    }
    switch name {
    case "line": return .line(x: text("x"), y: texts("y"), by: text("by"))
    case "scatter":
      guard let x = text("x"), let y = text("y") else { return nil }
      return .scatter(x: x, y: y, by: text("by"))
    case "bar":
      guard let x = text("x") else { return nil }
      return .bar(x: x, y: texts("y"), isSorted: fields["sorted"]?.boolean ?? false)
    case "histogram":
      guard let x = text("x"), let bins = fields["bins"]?.integer, bins > 0 else { return nil }
      return .histogram(x: x, bins: bins)
    case "confusion":
      guard let actual = text("actual"), let predicted = text("predicted") else { return nil }
      return .confusion(actual: actual, predicted: predicted)
    case "table": return .table(columns: texts("columns"))
    case "image": return .image(alternative: text("alt"))
    default: return nil
    }
  }

  /// The words over the plot: those of the spec, or what it shows.
  var heading: String {
    if let title, !title.isEmpty { return title }
    let file = source.split(separator: "/").last.map(String.init) ?? source
    return switch kind {
    case .line(_, let y, _): y.joined(separator: ", ")
    case .scatter(let x, let y, _): "\(y) over \(x)"
    case .bar(let x, let y, _): "\(y.joined(separator: ", ")) by \(x)"
    case .histogram(let x, _): "Spread of \(x)"
    case .confusion: "Confusions of \(file)"
    case .table, .image: file
    }
  }
}
