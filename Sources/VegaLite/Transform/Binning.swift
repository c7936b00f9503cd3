internal import ElementaryFunctions

/// Equal parts of a range with round borders.
struct BinParameters: Sendable, Hashable {
  var maxbins = 10
  var base = 10.0
  var step: Double?
  var steps: [Double]?
  var minstep = 0.0
  var divide = [5.0, 2.0]
  var extent: [Double]?
  var isNice = true
  var anchor: Double?

  init(maxbins: Int) { self.maxbins = maxbins }

  /// Reads `true` or an object; `nil` for `false`.
  init?(
    _ own: SpecObject, _ parameters: Parameters, maxbins: Int = 10
  ) throws(VegaLiteError) {
    self.init(maxbins: maxbins)
    switch own["bin"] {
    case nil, .boolean(false): return nil
    case .boolean(true): return
    case .object:
      let bin = try own.object("bin")
      try bin.allow([
        "maxbins", "base", "step", "steps", "minstep", "divide", "extent", "nice", "anchor",
        "binned",
      ])
      self.maxbins = try bin.whole("maxbins", 2...1000, parameters) ?? maxbins
      if let base = try bin.number("base", parameters) {
        guard base > 1, base <= 1000 else {
          throw bin.failure("base", "must be above 1, up to 1000")
        }
        self.base = base
      }
      step = try bin.number("step", parameters)
      guard step.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw bin.failure("step", "must be above 0")
      }
      steps = try bin.numbers("steps")
      guard steps.map({ !$0.isEmpty && $0.allSatisfy { $0 > 0 } }) ?? true else {
        throw bin.failure("steps", "must be numbers above 0")
      }
      minstep = try bin.number("minstep", parameters) ?? 0
      divide = try bin.numbers("divide") ?? divide
      guard divide.allSatisfy({ $0 > 1 }) else { throw bin.failure("divide", "must be above 1") }
      extent = try bin.numbers("extent")
      guard extent.map({ $0.count == 2 && $0[0] <= $0[1] }) ?? true else {
        throw bin.failure("extent", "must be the least and the greatest value")
      }
      isNice = try bin.boolean("nice") ?? true
      anchor = try bin.number("anchor", parameters)
    default: throw own.failure("bin", "must be true, false or {\"maxbins\": N}")
    }
  }

  /// Where parts begin and end, and how wide one is: the choice of Vega.
  func parts(least: Double, greatest: Double) -> (start: Double, stop: Double, step: Double) {
    var (low, high) = (extent?[0] ?? least, extent?[1] ?? greatest)
    let span = high - low != 0 ? high - low : low != 0 ? Swift.abs(low) : 1
    var step = self.step ?? 0
    if self.step == nil {
      if let steps {
        let index = steps.firstIndex { $0 >= span / Double(maxbins) } ?? steps.count
        step = steps[max(0, index - 1)]
      } else {
        step = chosenStep(span)
      }
    }
    // Many parts would be drawn as nothing and take for ever.
    step = max(step, span / 2000)
    if isNice {
      let logarithm = Elementary.log(step)
      let precision = logarithm >= 0 ? 0 : Int(clamping: -logarithm / Elementary.log(base)) + 1
      let tiny = Elementary.power(base, -precision - 1)
      let floor = (low / step + tiny).rounded(.down) * step
      low = low < floor ? floor - step : floor
      high = (high / step).rounded(.up) * step
    }
    var start = low
    var stop = high == low ? low + step : high
    if let anchor {
      let shift = anchor - (start + step * ((anchor - start) / step).rounded(.down))
      (start, stop) = (start + shift, stop + shift)
    }
    return (start, stop, step)
  }

  private func chosenStep(_ span: Double) -> Double {
    let logarithm = Elementary.log(base)
    let level = (Elementary.log(Double(maxbins)) / logarithm - 1e-12).rounded(.up)
    let power = (Elementary.log(span) / logarithm + 0.5).rounded(.down) - level
    var step = max(minstep, Elementary.power(base, Int(clamping: power)))
    // Where powers end, the range is one part.
    guard step > 0, step.isFinite, span.isFinite else { return span.isFinite ? span : 1 }
    while (span / step).rounded(.up) > Double(maxbins) { step *= base }
    for divisor in divide {
      let finer = step / divisor
      if finer >= minstep, span / finer <= Double(maxbins) { step = finer }
    }
    return step
  }
}

/// The part in which a value lies, by its beginning and its end.
struct Binning: Transform {
  let place: String
  private let bins: BinParameters
  private let field: String
  private let names: [String]
  /// The rows whose range is parted, where that is not the table itself.
  private var whole: DataTable?

  init(_ own: SpecObject, _ parameters: Parameters) throws(VegaLiteError) {
    try own.allow(["bin", "field", "as"])
    place = own.path
    guard let bins = try BinParameters(own, parameters) else {
      throw own.failure("bin", "must be true or an object")
    }
    self.bins = bins
    field = try own.needText("field")
    guard let names = try own.texts("as"), (1...2).contains(names.count) else {
      throw own.failure("as", "must be one name or two")
    }
    self.names = names.count == 2 ? names : names + [names[0] + "_end"]
  }

  init(
    _ bins: BinParameters, of field: String, as names: [String], _ place: String,
    over whole: DataTable? = nil
  ) {
    (self.bins, self.field, self.names, self.place) = (bins, field, names, place)
    self.whole = whole
  }

  func apply(to table: inout DataTable) throws(VegaLiteError) {
    let values = try table.column(field, place).map(\.measure)
    let all = try whole.map { rows throws(VegaLiteError) in
      try rows.column(field, place).map(\.measure)
    }
    let finite = (all ?? values).filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max() else {
      for name in names { table[name] = [Datum](repeating: .null, count: table.rowCount) }
      return
    }
    let (start, end, step) = bins.parts(least: least, greatest: greatest)
    // Parts are whole, also where the range is not round.
    let stop = start + ((end - start) / step).rounded(.up) * step
    let from = values.map { value -> Double in
      guard value.isFinite else { return .nan }
      guard value >= start, value <= stop else { return value < start ? -.infinity : .infinity }
      let inside = max(start, min(value, stop - step))
      return start + step * (1e-14 + (inside - start) / step).rounded(.down)
    }
    table[names[0]] = from.map { $0.isNaN ? .null : .number($0) }
    table[names[1]] = from.map { $0.isNaN ? .null : .number($0 + step) }
  }
}
