/// The page of a run, made of the report artifact without rendering it again.
///
/// The artifact holds results, settings and digests only, and marks where the page of a run says more.
/// Inserting there costs a copy of the text, so that a run in which everything was cached stays instant;
/// and both pages say the same about results by construction.
public enum RunPage {
  /// A place in the artifact.
  ///
  /// Escaped text cannot hold a comment, so a mark is found once or never.
  enum Mark: String {
    /// The commands that the artifact names, for which the run has its own.
    case commands
    case commandsEnd = "commands-end"
    case status, numbers, contents, facts
    /// In each chart over epochs: where training was resumed.
    case resumes

    /// How it begins; numbers may follow.
    var start: String { "<!--run:\(rawValue)" }

    /// The whole of a mark without numbers.
    var text: String { start + "-->" }
  }

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
    let sections = FactsSections(facts: facts).sections
    let insertions: [(Mark, PageSection.Writing)] = [
      (.status, facts.writeStatus), (.numbers, { $0.numbers(facts.numbers) }),
      (.contents, { list in for section in sections { section.writeEntry(to: &list) } }),
      (.facts, { main in for section in sections { section.write(to: &main) } }),
    ]
    var edits = insertions.compactMap { mark, writing -> PageEdit? in
      PageEdit(replacing: mark.text, in: artifact) {
        // Charts among what is inserted show resumes, too.
        let text = Array(Markup(writing).text.utf8)
        let whole = PageEdit.applying(resumes(facts.resumedAt, in: text), to: text)
        return String(decoding: whole, as: UTF8.self)
      }
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

  /// What puts the run's own commands where the artifact names some.
  private static func commands(_ commands: [String], in artifact: [UInt8]) -> [PageEdit] {
    let (first, last) = (Mark.commands.text, Mark.commandsEnd.text)
    guard
      let start = PageEdit.firstIndex(of: first, in: artifact, from: 0),
      let end = PageEdit.firstIndex(of: last, in: artifact, from: start)
    else { return [] }
    guard !commands.isEmpty else {
      return [
        PageEdit(range: start..<start + first.utf8.count, text: ""),
        PageEdit(range: end..<end + last.utf8.count, text: ""),
      ]
    }
    let text = Markup { RunHead.write(commands, to: &$0) }.text
    return [PageEdit(range: start..<end + last.utf8.count, text: text)]
  }

  /// What draws where training was resumed into every chart that has a place for it.
  private static func resumes(_ positions: [Double], in artifact: [UInt8]) -> [PageEdit] {
    let start = Mark.resumes.start + " "
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
    return Markup { chart.writeMarks(to: &$0, chart.xScale) }.text
  }
}
