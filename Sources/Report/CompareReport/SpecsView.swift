internal import ContentAddressing

/// The specs of the runs, if their texts differ.
struct SpecsView {
  private let runs: [Comparison.Run]
  private let texts: [String?]
  private let baseline: String
  private let others: [Int]

  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    let texts = model.runs.map(\.specification)
    guard let baseline = texts[0], Set(texts.compactMap { $0 }).count > 1 else { return nil }
    self.texts = texts
    self.baseline = baseline
    runs = comparison.runs
    others = texts.indices.dropFirst().filter { texts[$0] != nil && texts[$0] != baseline }
  }

  var section: PageSection {
    PageSection("specs", entry: "Specs", heading: "Specs") { section in
      section.element(
        "p", ["class": "note", "data-specs-note": "yes"],
        text:
          "\(Text.counted(others.count, "run was", plural: "runs were")) made from another text "
          + "than the baseline; what was set on the command line is among the settings.")
      section.json(data, id: "spec-data")
      section.element("div", ["class": "specs"]) { specs in
        for (place, index) in others.enumerated() {
          specs.element(
            "details",
            ["class": "spec-change", "data-run": "\(index)", "open": place == 0 ? "open" : ""]
          ) { write(index, to: &$0) }
        }
      }
    }
  }

  private func write(_ index: Int, to details: inout MarkupWriter) {
    let difference = LineDifference(from: baseline, to: texts[index] ?? "")
    let counts = difference.counts
    details.element("summary") { summary in
      summary.label(runs[index], index, followedBy: ": ")
      summary.element(
        "span", ["data-spec-note": "yes"],
        text: "\(Text.counted(counts.added, "line")) added, \(counts.removed) removed")
    }
    let lines = difference.excerpt().map { line -> (look: String, text: String) in
      guard let line else { return ("gap", "…") }
      let mark = ["same": "  ", "removed": "− ", "added": "+ "][line.change.rawValue] ?? ""
      return (line.change.rawValue, mark + line.text)
    }
    details.lines(lines, name: "Lines of the spec of run \(runs[index].letter) that differ")
  }

  /// The texts, each once, and which of them each run has: for the script that changes the baseline.
  private var data: CanonicalValue {
    var distinct: [String] = []
    let places = texts.map { text -> CanonicalValue in
      guard let text else { return .null }
      if let place = distinct.firstIndex(of: text) { return .integer(place) }
      distinct.append(text)
      return .integer(distinct.count - 1)
    }
    return .object([
      "texts": .array(
        distinct.map { text in
          .array(LineDifference.split(text).map { .string(HTMLText.visible($0)) })
        }), "runs": .array(places),
    ])
  }
}
