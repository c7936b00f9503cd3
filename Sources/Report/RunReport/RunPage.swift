/// The page of a run, made of the report artifact without rendering it again.
///
/// The artifact holds results, settings and digests only, and marks where the page of a run says more.
/// Inserting there costs a copy of the text, so that a run in which everything was cached stays instant;
/// and both pages say the same about results by construction.
public enum RunPage {
  /// A place in the artifact.
  ///
  /// Escaped text cannot hold a comment, so a mark is found once or never.
  enum Mark: String, CaseIterable {
    case status, numbers, contents, facts

    var text: String { "<!--run:\(rawValue)-->" }
  }

  /// Writes the page of a run.
  ///
  /// - Parameters:
  ///   - artifact: What ``RunReport/html(_:interactiveChartsScript:)`` wrote without facts. A page of an
  ///     older version without marks is returned as it is.
  ///   - facts: What was true of this run only.
  ///   - interactiveChartsScript: The text of `dygraph.min.js`, which adds zooming to the curves.
  /// - Returns: The artifact with the facts inserted.
  /// - Complexity: O(*n*) in the size of the artifact.
  public static func html(
    artifact: String, facts: RunFacts, interactiveChartsScript: String? = nil
  ) -> String {
    let insertions: [Mark: String] = [
      .status: Templates.render("run-status", ["statusFacts": RunPageView.statusFacts(facts)]),
      .numbers: Templates.render("run-numbers", ["numbers": RunPageView.numbers(facts)]),
      .contents: "<li><a href=\"#run\">This run</a></li>",
      .facts: Templates.render("run-facts", FactsHolder(run: FactsView(facts))),
    ]
    var page = ""
    var rest = artifact[...]
    for mark in Mark.allCases.compactMap({ found($0, in: artifact) }).sorted(by: {
      $0.range.lowerBound < $1.range.lowerBound
    }) {
      page += artifact[rest.startIndex..<mark.range.lowerBound]
      page += insertions[mark.mark] ?? ""
      rest = artifact[mark.range.upperBound...]
    }
    page += rest
    page = resumes(facts.resumedAt, in: page)
    return interactiveChartsScript.map { Page.adding($0, to: page) } ?? page
  }

  /// Draws where training was resumed into every chart that has a place for it.
  private static func resumes(_ positions: [Double], in page: String) -> String {
    let start = "<!--run:resumes "
    guard !positions.isEmpty else { return page }
    var result = ""
    var rest = page[...]
    while let mark = rest.utf8.firstRange(of: start.utf8),
      let end = rest.utf8[mark.upperBound...].firstRange(of: "-->".utf8)
    {
      result += rest[..<mark.lowerBound]
      let numbers = rest[mark.upperBound..<end.lowerBound].split(separator: " ").compactMap {
        Double(String($0))
      }
      if numbers.count == 3, numbers[0] < numbers[1], numbers[2] > 0, numbers[2] < 10_000 {
        result += resumes(positions, from: numbers[0], to: numbers[1], height: Int(numbers[2]))
      }
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  private static func resumes(
    _ positions: [Double], from lower: Double, to upper: Double, height: Int
  ) -> String {
    var chart = LineChart(id: "", title: "", description: "", xLabel: "", lines: [])
    chart.xRange = lower...upper
    chart.height = height
    chart.marks = positions.map { LineChart.Mark(x: $0, label: "resumed", kind: "resume") }
    var writer = MarkupWriter()
    chart.writeMarks(to: &writer, chart.xScale)
    return writer.text
  }

  private struct FactsHolder {
    var run: FactsView?
  }

  private static func found(
    _ mark: Mark, in text: String
  ) -> (mark: Mark, range: Range<String.Index>)? {
    guard let range = text.utf8.firstRange(of: mark.text.utf8) else { return nil }
    return (mark, range)
  }
}
