internal import FoundationEssentials
internal import Pipeline

extension PlotTemplate {
  /// The largest file that is read.
  static let largestFile = 64_000

  /// Reads a specification in JSON, the anchors of DVC replaced by what the spec says.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - source: Its name.
  ///   - anchors: What stands for `X`, `Y` and `TITLE`, as far as the spec says it.
  /// - Throws: ``StepFailure`` that names the file, the place in it, and what can be drawn.
  init(_ bytes: [UInt8], source: String, anchors: [String: String]) throws(StepFailure) {
    guard bytes.count <= Self.largestFile else {
      throw StepFailure(
        .malformedData,
        "\(source) has \(bytes.count) bytes; a template is read up to \(Self.largestFile)")
    }
    guard let value = try? JSONDecoder().decode(PlotJSON.self, from: Data(bytes)) else {
      throw StepFailure(.malformedData, "\(source) is no JSON, as a Vega-Lite template is")
    }
    let top = try TemplateObject(value, path: "", source: source, anchors: anchors)
    // What a page has of its own: widths, a zoom, the values in a table.
    let own = ["$schema", "description", "name", "width", "height", "autosize"]
    try top.allow(own + ["title", "data", "mark", "encoding", "params"])
    try Self.checkData(top)
    if let params = top.members["params"] {
      guard params.scalars == ["<DVC_METRIC_ZOOM_AND_PAN>"] else {
        throw top.failure(
          "params",
          "is not drawn: pages zoom and select by themselves, and run nothing of a template")
      }
    }
    self.source = source
    mark = try Self.mark(top)
    title = try top.text("title")
    let encoding = try top.object("encoding")
    try encoding.allow(["x", "y", "color", "tooltip"])
    x = try Self.channel("x", encoding, mark: mark)
    y = try Self.channel("y", encoding, mark: mark)
    color = try Self.color(encoding)
    try check(encoding)
  }

  /// Rows come from the table that the spec names, and from nowhere else.
  private static func checkData(_ top: TemplateObject) throws(StepFailure) {
    guard top.members["data"] != nil else { return }
    let data = try top.object("data")
    try data.allow(["values", "name"])
    guard let values = data.members["values"] else { return }
    guard case .string("<DVC_METRIC_DATA>") = values else {
      throw data.failure(
        "values",
        "must be “<DVC_METRIC_DATA>”: rows are those of the table that `data` of the spec names")
    }
  }

  private static func mark(_ top: TemplateObject) throws(StepFailure) -> Mark {
    var owner = top
    var name = "mark"
    if case .object? = top.members["mark"] {
      owner = try top.object("mark")
      name = "type"
      // How it looks is the page's affair, in both themes; what it says is the template's.
      try owner.allow(["type", "filled", "opacity", "size", "strokeWidth", "tooltip", "point"])
    }
    guard let mark = try owner.choice(name, Mark.allCases.map(\.rawValue)).flatMap(Mark.init)
    else { throw owner.failure(name, "is missing") }
    return mark
  }

  private static func channel(
    _ name: String, _ encoding: TemplateObject, mark: Mark
  ) throws(StepFailure) -> Channel {
    let own = try encoding.object(name)
    try own.allow([
      "field", "type", "aggregate", "bin", "title", "axis", "scale", "sort", "stack",
    ])
    var channel = Channel(column: try own.text("field"), isNumber: true)
    let type = try own.choice("type", ["quantitative", "nominal", "ordinal"])
    channel.aggregate = try own.choice("aggregate", Aggregate.allCases.map(\.rawValue))
      .flatMap(Aggregate.init)
    channel.bins = try bins(own)
    // Vega-Lite takes a column for names unless it is counted or binned.
    channel.isNumber =
      type.map { $0 == "quantitative" } ?? (channel.aggregate != nil || channel.bins != nil)
    channel.title = try title(own)
    try checkScale(own)
    channel.isSortedByLength = try isSorted(own)
    if let stack = own.members["stack"], stack.text != "" {
      throw own.failure("stack", "is not drawn: bars of a name stand one below the other")
    }
    if channel.column == nil, channel.aggregate != .count, !(name == "x" && mark == .line) {
      throw own.failure(
        "field",
        own.members["field"] == nil
          ? "is missing" : "is “<DVC_METRIC_\(name.uppercased())>”: say `\(name)` beside `template`"
      )
    }
    return channel
  }

  private static func bins(_ own: TemplateObject) throws(StepFailure) -> Int? {
    switch own.members["bin"] {
    case nil, .null, .boolean(false): return nil
    // The default of Vega-Lite for an axis.
    case .boolean(true): return 10
    case .object:
      let bin = try own.object("bin")
      try bin.allow(["maxbins"])
      guard case .number(let count)? = bin.members["maxbins"], count.rounded() == count,
        (2...200).contains(count)
      else { throw bin.failure("maxbins", "must be a whole number from 2 to 200") }
      return Int(count)
    default: throw own.failure("bin", "must be true, false or {\"maxbins\": N}")
    }
  }

  /// The title of a channel, or of its axis.
  private static func title(_ own: TemplateObject) throws(StepFailure) -> String? {
    guard own.members["title"] == nil, let axis = own.members["axis"], axis.text != "" else {
      return try own.text("title")
    }
    let inner = try own.object("axis")
    try inner.allow(["title", "grid", "format", "labelAngle", "tickCount", "tickMinStep"])
    return try inner.text("title")
  }

  private static func checkScale(_ own: TemplateObject) throws(StepFailure) {
    guard let scale = own.members["scale"], scale.text != "" else { return }
    let inner = try own.object("scale")
    try inner.allow(["zero", "nice", "type"])
    guard let type = try inner.text("type"), type != "linear" else { return }
    throw inner.failure(
      "type", "“\(type.prefix(40))” is not drawn; the pages have a switch for a log scale of lines")
  }

  private static func isSorted(_ own: TemplateObject) throws(StepFailure) -> Bool {
    guard let sort = own.members["sort"], sort.text != "" else { return false }
    guard let order = sort.text, ["-x", "-y"].contains(order) else {
      throw own.failure(
        "sort", "is not drawn; there are “-x” and “-y”, the longest bar first, and null")
    }
    return true
  }

  private static func color(_ encoding: TemplateObject) throws(StepFailure) -> String? {
    guard let color = encoding.members["color"] else { return nil }
    // The colours of revisions: a comparison has one for each run.
    if case .string("<DVC_METRIC_COLOR>") = color { return nil }
    let own = try encoding.object("color")
    try own.allow(["field", "type", "title", "legend", "scale"])
    if own.members["scale"] != nil, own.members["scale"]?.text != "" {
      throw own.failure("scale", "is not drawn: pages have colours that every eye tells apart")
    }
    _ = try own.choice("type", ["nominal", "ordinal"])
    guard let column = try own.text("field") else { throw own.failure("field", "is missing") }
    return column == "rev" ? nil : column
  }

  /// What one channel cannot know of the other.
  private func check(_ encoding: TemplateObject) throws(StepFailure) {
    if x.bins != nil || y.bins != nil {
      guard mark == .bar, x.bins != nil, y.bins == nil, y.aggregate == .count, color == nil else {
        throw encoding.failure(
          "x.bin", "is drawn as a histogram only: mark “bar”, y with aggregate “count”, no color")
      }
      return
    }
    if mark == .bar {
      guard x.isNumber != y.isNumber else {
        throw encoding.failure(
          x.isNumber ? "x.type" : "y.type",
          "bars need a quantitative channel and one that is nominal or ordinal")
      }
      let names = x.isNumber ? y : x
      guard names.aggregate == nil else {
        throw encoding.failure(x.isNumber ? "y.aggregate" : "x.aggregate", "names have none")
      }
      return
    }
    for (name, channel) in [("x", x), ("y", y)] {
      guard channel.isNumber || (name == "x" && channel.column == nil) else {
        throw encoding.failure(
          "\(name).type", "a \(mark.rawValue) stands over numbers; say “quantitative”")
      }
    }
    guard x.aggregate == nil else { throw encoding.failure("x.aggregate", "is drawn up only") }
    guard mark == .line || y.aggregate == nil else {
      throw encoding.failure("y.aggregate", "is drawn for lines and bars")
    }
  }
}
