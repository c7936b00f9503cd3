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
    case commands, status, numbers, contents, facts

    var text: String { "<!--run:\(rawValue)-->" }
  }

  /// Where the commands that the artifact names end: those of the run stand in their place.
  static let commandsEnd = "<!--run:commands-end-->"

  /// Writes the page of a run.
  ///
  /// - Parameters:
  ///   - artifact: The bytes of what ``RunReport/html(_:interactiveChartsScript:)`` wrote without facts.
  ///     A page of an older version without marks comes back with the script only.
  ///   - facts: What was true of this run only.
  ///   - interactiveChartsScript: The text of `dygraph.min.js`, which adds zooming to the curves.
  /// - Returns: The page in UTF-8.
  /// - Complexity: O(*n*) in the size of the artifact.
  public static func html(
    artifact: [UInt8], facts: RunFacts, interactiveChartsScript: String? = nil
  ) -> [UInt8] {
    var edits = Mark.allCases.filter { $0 != .commands }.compactMap { mark -> PageEdit? in
      PageEdit(replacing: mark.text, in: artifact, by: { text(for: mark, facts) })
    }
    edits += commands(facts.reproduceWith, in: artifact)
    edits += resumes(facts.resumedAt, in: artifact)
    if let script = interactiveChartsScript { edits += Page.edits(adding: script, to: artifact) }
    return PageEdit.applying(edits, to: artifact)
  }

  /// Writes the page of a run as text.
  public static func html(
    artifact: String, facts: RunFacts, interactiveChartsScript: String? = nil
  ) -> String {
    let page = html(
      artifact: Array(artifact.utf8), facts: facts,
      interactiveChartsScript: interactiveChartsScript)
    return String(decoding: page, as: UTF8.self)
  }

  private static func text(for mark: Mark, _ facts: RunFacts) -> String {
    switch mark {
    case .commands: ""
    case .status:
      Templates.render("run-status", StatusFacts(facts))
    case .numbers: Templates.render("run-numbers", ["numbers": RunPageView.numbers(facts)])
    case .contents: "<li><a href=\"#run\">This run</a></li>"
    case .facts: section(facts)
    }
  }

  /// What puts the run's own commands where the artifact names some.
  private static func commands(_ commands: [String], in artifact: [UInt8]) -> [PageEdit] {
    guard
      let start = PageEdit.firstIndex(of: Mark.commands.text, in: artifact, from: 0),
      let end = PageEdit.firstIndex(of: commandsEnd, in: artifact, from: start)
    else { return [] }
    let (first, last) = (Mark.commands.text.utf8.count, commandsEnd.utf8.count)
    guard !commands.isEmpty else {
      return [
        PageEdit(range: start..<start + first, text: ""),
        PageEdit(range: end..<end + last, text: ""),
      ]
    }
    let text = Templates.render("run-commands", ["commands": commands])
    return [PageEdit(range: start..<end + last, text: text)]
  }

  /// What draws where training was resumed into every chart that has a place for it.
  private static func resumes(_ positions: [Double], in artifact: [UInt8]) -> [PageEdit] {
    let start = "<!--run:resumes "
    var edits: [PageEdit] = []
    var from = 0
    while !positions.isEmpty,
      let mark = PageEdit.firstIndex(of: start, in: artifact, from: from),
      let end = PageEdit.firstIndex(of: "-->", in: artifact, from: mark)
    {
      let words = String(decoding: artifact[mark + start.utf8.count..<end], as: UTF8.self)
      let numbers = words.split(separator: " ").compactMap { Double(String($0)) }
      from = end + 3
      guard numbers.count == 3, numbers[0] < numbers[1], (1..<10_000).contains(numbers[2])
      else { continue }
      let text = resumes(positions, from: numbers[0], to: numbers[1], height: Int(numbers[2]))
      edits.append(PageEdit(range: mark..<from, text: text))
    }
    return edits
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

  /// The section of the facts, whose own charts show resumes, too.
  private static func section(_ facts: RunFacts) -> String {
    let text = Array(Templates.render("run-facts", FactsHolder(run: FactsView(facts))).utf8)
    let whole = PageEdit.applying(resumes(facts.resumedAt, in: text), to: text)
    return String(decoding: whole, as: UTF8.self)
  }

  /// What stands under the title: facts in a line, then what people say of the run.
  private struct StatusFacts {
    var statusFacts: [String]
    var tags: [String]
    var noteLines: [String]
    var hasNote: Bool

    init(_ facts: RunFacts) {
      statusFacts = RunPageView.statusFacts(facts)
      tags = facts.tags
      noteLines = facts.note.map(NoteText.lines) ?? []
      hasNote = !noteLines.isEmpty
    }
  }

  private struct FactsHolder {
    var run: FactsView?
  }
}
