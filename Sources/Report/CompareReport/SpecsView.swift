/// The specs that runs were made from, where they are not all the same text.
struct SpecsView {
  struct Entry {
    var letter: String
    var label: String
    var number: Int
    var colour: String
    var isFirst: Bool
    var specNote: String
    var specLines: [SpecLine]
  }

  struct SpecLine {
    var lineClass: String
    var text: String
  }

  var specsNote: String
  var specEntries: [Entry]
  /// The texts, each once, and which of them each run has: for the script that changes the baseline.
  var specData: String

  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    let texts = model.runs.map(\.specification)
    guard let baseline = texts[0], Set(texts.compactMap { $0 }).count > 1 else { return nil }
    let others = texts.indices.dropFirst().filter { texts[$0] != nil && texts[$0] != baseline }
    specsNote =
      "\(Text.counted(others.count, "run was", plural: "runs were")) made from another text than "
      + "the baseline; what was set on the command line is among the settings."
    specEntries = others.enumerated().map { place, index in
      Self.entry(
        LineDifference(from: baseline, to: texts[index] ?? ""), comparison.runs[index],
        number: index, isFirst: place == 0)
    }
    var distinct: [String] = []
    let places = texts.map { text -> JSONText in
      guard let text else { return .null }
      if let place = distinct.firstIndex(of: text) { return .integer(place) }
      distinct.append(text)
      return .integer(distinct.count - 1)
    }
    specData =
      JSONText.object([
        "texts": .array(
          distinct.map { text in
            .array(LineDifference.split(text).map { .string(HTMLText.visible($0)) })
          }), "runs": .array(places),
      ]).text
  }

  private static func entry(
    _ difference: LineDifference, _ run: Comparison.Run, number: Int, isFirst: Bool
  ) -> Entry {
    let counts = difference.counts
    return Entry(
      letter: run.letter, label: run.label, number: number, colour: LineStyle.colour(number),
      isFirst: isFirst,
      specNote: "\(Text.counted(counts.added, "line")) added, \(counts.removed) removed",
      specLines: difference.excerpt().map { line in
        guard let line else { return SpecLine(lineClass: "gap", text: "…") }
        let mark = ["same": "  ", "removed": "− ", "added": "+ "][line.change.rawValue] ?? ""
        return SpecLine(lineClass: line.change.rawValue, text: mark + line.text)
      })
  }
}
