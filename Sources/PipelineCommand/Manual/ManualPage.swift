internal import ArgumentParser
internal import ContentAddressing

/// A manual page of one command, from the definitions that `--help` shows, in the macros of man(7).
struct ManualPage {
  /// The command as the argument parser describes it.
  private let command: CanonicalValue

  /// `run` for `pipeline run`, or `nil` for the program itself.
  private let name: String?

  /// The name of the page: `pipeline-run`.
  var title: String { name.map { "pipeline-\($0)" } ?? "pipeline" }

  /// Pages of the program and of each command that `--help` lists.
  ///
  /// - Throws: ``JSONReader/Malformed`` if the parser describes itself in a way not known here.
  static func all() throws -> [ManualPage] {
    let description = try JSONReader.value(of: Array(PipelineCommand._dumpHelp().utf8))
    guard let root = description["command"] else { throw JSONReader.Malformed() }
    let commands = (root["subcommands"]?.array ?? []).filter {
      $0["shouldDisplay"]?.boolean != false && $0["commandName"]?.string != "help"
    }
    return [ManualPage(command: root, name: nil)]
      + commands.map { ManualPage(command: $0, name: $0["commandName"]?.string) }
  }

  /// The page in the language of groff.
  var text: String {
    var page = Roff()
    page.line(".TH \(title.uppercased()) 1 \"\" \"pipeline \(PipelineCommand.version)\"")
    page.section("Name")
    let abstract = command["abstract"]?.string ?? ""
    page.text(
      "\(title) \u{2013} \(abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract)")
    page.section("Synopsis")
    synopsis(to: &page)
    let parts = discussion
    page.section("Description")
    page.text(abstract)
    for paragraph in parts.paragraphs {
      page.line(".P")
      page.text(paragraph)
    }
    if name == nil { commands(to: &page) }
    options(to: &page)
    if name == nil { environment(to: &page) }
    exitStatus(to: &page)
    if !parts.examples.isEmpty {
      page.section("Examples")
      page.verbatim(parts.examples)
    }
    seeAlso(to: &page)
    return page.text
  }

  /// The discussion in paragraphs, and the lines under its `EXAMPLES`.
  private var discussion: (paragraphs: [String], examples: [String]) {
    let lines = (command["discussion"]?.string ?? "")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let end = lines.firstIndex(of: "EXAMPLES") ?? lines.count
    let paragraphs = lines[..<end].split(separator: "").map { $0.joined(separator: " ") }
    let examples = lines[end...].dropFirst().filter { !$0.isEmpty }.map { line in
      String(line.drop { $0 == " " })
    }
    return (paragraphs, examples)
  }

  private var arguments: [CanonicalValue] {
    (command["arguments"]?.array ?? []).filter { $0["shouldDisplay"]?.boolean != false }
  }

  private func synopsis(to page: inout Roff) {
    guard name != nil else { return page.line(".B pipeline\n.I command\n[options]") }
    let positional = arguments.filter { $0["kind"]?.string == "positional" }.map { argument in
      let word =
        "\\fI\(Roff.escaped(argument["valueName"]?.string ?? ""))\\fR"
        + (argument["isRepeating"]?.boolean == true ? " ..." : "")
      return argument["isOptional"]?.boolean == true ? "[\(word)]" : word
    }
    page.line(".B pipeline \(name ?? "")")
    page.line((["[options]"] + positional).joined(separator: " "))
  }

  private func commands(to page: inout Roff) {
    for group in PipelineCommand.configuration.groupedSubcommands {
      page.section("Commands: \(group.name)")
      for subcommand in group.subcommands where subcommand.configuration.shouldDisplay {
        page.item(
          "\\fBpipeline\\-\(subcommand.configuration.commandName ?? "")\\fR(1)",
          subcommand.configuration.abstract)
      }
    }
  }

  private func options(to page: inout Roff) {
    for (kind, heading) in [("positional", "Arguments"), ("", "Options")] {
      let shown = arguments.filter {
        ($0["kind"]?.string == "positional") == (kind == "positional")
      }
      guard !shown.isEmpty else { continue }
      page.section(heading)
      for argument in shown { page.item(label(of: argument), about(argument)) }
    }
  }

  /// `-o, --output path`, the names in bold and the value in italics.
  private func label(of argument: CanonicalValue) -> String {
    let value = "\\fI\(Roff.escaped(argument["valueName"]?.string ?? ""))\\fR"
    guard argument["kind"]?.string != "positional" else { return value }
    let names = (argument["names"]?.array ?? []).map { name in
      let dashes = name["kind"]?.string == "long" ? "--" : "-"
      return "\\fB\(Roff.escaped(dashes + (name["name"]?.string ?? "")))\\fR"
    }
    // As people write them, the short one first.
    let sorted = names.sorted { $0.count < $1.count }.joined(separator: ", ")
    return argument["kind"]?.string == "option" ? "\(sorted) \(value)" : sorted
  }

  private func about(_ argument: CanonicalValue) -> String {
    var text = argument["abstract"]?.string ?? ""
    let isNamed = (argument["allValues"]?.array ?? []).allSatisfy { value in
      text.contains(value.string ?? "")
    }
    if let values = argument["allValues"]?.array?.compactMap(\.string), !values.isEmpty, !isNamed {
      text += " One of: \(values.joined(separator: ", "))."
    }
    if let value = argument["defaultValue"]?.string { text += " Default: \(value)." }
    if argument["isRepeating"]?.boolean == true { text += " Can be repeated." }
    return text
  }

  private func environment(to page: inout Roff) {
    page.section("Environment")
    for (name, text) in CommandReference.variables { page.item("\\fB\(name)\\fR", text + ".") }
    page.item("\\fBNO_COLOR\\fR, \\fBFORCE_COLOR\\fR", "No colour; colour even off a terminal.")
    page.section("Files")
    page.item("\\fIartifacts\\fR", "The store: results, runs and their reports.")
    page.item("\\fIpipelines/\\fR", "Searched for specs that are not in the current folder.")
  }

  private func exitStatus(to page: inout Roff) {
    page.section("Exit status")
    for status in ExitStatus.allCases { page.item("\\fB\(status.rawValue)\\fR", status.meaning) }
  }

  private func seeAlso(to page: inout Roff) {
    page.section("See also")
    guard name == nil else { return page.line(".BR pipeline (1)") }
    page.text("pipeline help, and Documentation/README.md in the sources.")
  }
}

/// Text in the language of groff, escaped.
private struct Roff {
  private(set) var text = ""

  mutating func line(_ line: String) { text += line + "\n" }

  mutating func section(_ title: String) { line(".SH \(title.uppercased())") }

  /// A paragraph of plain text.
  mutating func text(_ words: String) { line(Self.escaped(words)) }

  /// An entry of a list: a label that is markup, and plain text.
  mutating func item(_ label: String, _ words: String) {
    line(".TP\n\(label)")
    text(words)
  }

  /// Lines as they are, set in.
  mutating func verbatim(_ lines: [String]) {
    line(".nf\n.RS 2")
    for line in lines { text(line) }
    line(".RE\n.fi")
  }

  /// Plain text so that no character of it is a command.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "\u{2026}": result += "..."
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}
