internal import ContentAddressing

/// How many samples each run fixed and broke against the baseline, and which.
struct SampleChangesView {
  /// How many indices are written out.
  private static let listed = 24
  /// The most predictions that are put into the file for the script.
  private static let dataLimit = 1_500_000

  private let model: CompareReportModel
  private let comparison: Comparison

  /// `nil` if no run was evaluated on the samples of the baseline.
  init?(_ model: CompareReportModel, _ comparison: Comparison) {
    guard comparison.samples.dropFirst().contains(where: { $0 != nil }) else { return nil }
    self.model = model
    self.comparison = comparison
  }

  var section: PageSection {
    PageSection(
      "samples", entry: "Fixed and broken", heading: "Samples fixed and broken",
      note: "Samples that the baseline gets wrong and a run gets right (fixed), and the reverse "
        + "(broken), by index in the test data."
    ) { section in
      if let data { section.json(data, id: "prediction-data") }
      section.scrolling("Samples fixed and broken") { region in
        region.element("table", ["class": "changes", "data-sortable": "yes"]) { table in
          table.element("thead") { head in
            head.element("tr") { line in
              line.element("th", ["scope": "col"], text: "Run")
              for name in ["Fixed", "Broken", "Net"] {
                line.element("th", ["scope": "col", "class": "num"], text: name)
              }
              line.element("td", text: "Which")
            }
          }
          table.element("tbody") { body in
            for index in comparison.runs.indices { write(index, to: &body) }
          }
        }
      }
    }
  }

  private func write(_ index: Int, to body: inout MarkupWriter) {
    let changes = comparison.samples[index]
    let lists = [("fixed", changes?.fixed ?? []), ("broken", changes?.broken ?? [])]
    let net = lists[0].1.count - lists[1].1.count
    body.element("tr", ["data-run": "\(index)"]) { line in
      line.element("th", ["scope": "row"]) { $0.label(comparison.runs[index], index) }
      for (_, samples) in lists {
        line.element(
          "td", ["class": "num"], text: changes == nil ? "–" : NumberText.count(samples.count))
      }
      line.element(
        "td", ["class": "num" + (net > 0 ? " up" : net < 0 ? " down" : "")],
        text: changes == nil || index == 0 ? "–" : NumberText.signed(NumberText.count(net)))
      line.element("td", ["class": "long"]) { cell in
        cell.element("details") { details in
          details.element("summary", text: "Indices")
          for (name, samples) in lists {
            details.element("p", ["class": "note"]) { line in
              line.write(Text.capitalized(name) + ": ")
              line.element("span", ["data-list": name], text: Self.list(samples))
            }
          }
        }
      }
    }
  }

  private static func list(_ indices: [Int]) -> String {
    indices.prefix(listed).map { "#\($0)" }.joined(separator: " ")
      + (indices.count > listed ? " …" : "")
  }

  /// Whether each run is right about each sample, one bit each, as base64; missing where it would make the file
  /// too large.
  private var data: CanonicalValue? {
    guard let truth = model.runs[0].predictions?.trueClasses,
      truth.count * model.runs.count <= Self.dataLimit * 8
    else { return nil }
    let digest = model.runs[0].testDataDigest
    return .object([
      "count": .integer(truth.count),
      "right": .array(
        model.runs.map { run in
          guard let predictions = run.predictions, predictions.trueClasses == truth,
            run.testDataDigest == digest
          else { return .null }
          return .string(Base64.encode(Self.bits(zip(predictions.predictedClasses, truth).map(==))))
        }),
    ])
  }

  /// Eight answers a byte, the first in the lowest bit.
  private static func bits(_ answers: [Bool]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (answers.count + 7) / 8)
    for (index, answer) in answers.enumerated() where answer {
      bytes[index / 8] |= 1 << (index % 8)
    }
    return bytes
  }
}
