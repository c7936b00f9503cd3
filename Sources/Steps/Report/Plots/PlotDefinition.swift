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

  /// An output that it shows.
  struct Source {
    /// The name of its input: `plots.0.line.data`.
    let input: String
    /// The output: `fit/history.csv`.
    let name: String
  }

  let kind: Kind
  let title: String?
  /// At least one; several for lines and points of several files.
  let sources: [Source]
  /// Where what stands across comes from, if from elsewhere.
  var across: Source?

  /// The outputs that it shows, in words.
  var source: String { sources.map(\.name).joined(separator: ", ") }

  /// Reads the plots of a report's settings.
  ///
  /// - Parameters:
  ///   - settings: The canonical form of the settings of a stage `report`.
  ///   - source: The reference behind the path of an input.
  /// - Returns: The plots in the order of the spec.
  static func all(
    in settings: CanonicalValue, source: (String) -> String?
  ) -> [PlotDefinition] {
    (settings["plots"]?.array ?? []).compactMap { value in
      guard let (name, fields) = value.object?.first else { return nil }
      func origin(_ value: CanonicalValue?) -> Source? {
        value?["input"]?.string.map { Source(input: $0, name: source($0) ?? $0) }
      }
      guard let kind = kind(name, fields) else { return nil }
      let data = fields["data"]
      let sources = (data?.array ?? [data].compactMap { $0 }).compactMap(origin)
      guard !sources.isEmpty else { return nil }
      return PlotDefinition(
        kind: kind, title: fields["title"]?.string, sources: sources,
        across: origin(fields["x_data"]))
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
    let first = sources[0].name
    let file = first.split(separator: "/").last.map(String.init) ?? first
    return switch kind {
    case .line(_, let y, _): y.joined(separator: ", ")
    case .scatter(let x, let y, _): "\(y) over \(x)"
    case .bar(let x, let y, _): "\(y.joined(separator: ", ")) by \(x)"
    case .histogram(let x, _): "Distribution of \(x)"
    case .confusion: "Confusion matrix of \(file)"
    case .table, .image: file
    }
  }
}
