import Foundation

/// A page of the documentation as something that can be carried out.
///
/// What a fence says decides what happens:
///
/// - `sh`: commands, one after another; each has to end with 0.
/// - `console`: commands behind `$ `, each with what it prints. `…` stands for any text of a line, and alone on a line for
///   any lines; durations and ids of runs stand for any. A command that ends otherwise than with 0 shows a
///   line that begins with `error: `, or is followed by `$ echo $?`. `^C` as the first line of what it prints: it is interrupted once it is at work.
/// - `python make.py`, `yaml digits.yaml` and the like, with a file name behind the language: the file is written.
/// - `swift Examples/…`: a quotation; the text has to stand in that file of the project.
/// - `diff digits.yaml`: the file is changed.
///
/// A comment `<!-- after: Page.md -->` makes a page begin where another one ended.
struct ShownPage: CustomStringConvertible, Sendable {
  /// One thing to do.
  enum Act: Sendable {
    case write(file: String, text: String)
    case change(file: String, difference: String)
    case run(ShownCommand)
  }

  /// The path from the root of the project.
  let path: String
  let acts: [Act]

  /// The page that comes before this one.
  let predecessor: String?

  var description: String { path }

  var commands: [ShownCommand] {
    acts.compactMap { if case .run(let command) = $0 { command } else { nil } }
  }

  init(path: String, text: String) {
    self.path = path
    predecessor = text.firstMatch(of: /<!-- after: (\S+) -->/).map { String($0.1) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var acts: [Act] = []
    var index = 0
    while index < lines.count {
      guard lines[index].hasPrefix("```"), lines[index] != "```" else {
        index += 1
        continue
      }
      let words = lines[index].dropFirst(3).split(separator: " ").map(String.init)
      let start = index + 1
      index = start
      while index < lines.count, lines[index] != "```" { index += 1 }
      acts += Self.acts(words, Array(lines[start..<min(index, lines.count)]), firstLine: start + 1)
      index += 1
    }
    self.acts = acts
  }

  private static func acts(_ words: [String], _ lines: [String], firstLine: Int) -> [Act] {
    switch (words.first, words.dropFirst().first) {
    case ("sh", nil): ShownCommand.script(lines, firstLine: firstLine).map { .run($0) }
    case ("console", nil): ShownCommand.session(lines, firstLine: firstLine).map { .run($0) }
    case ("diff", let file?):
      [.change(file: file, difference: lines.joined(separator: "\n") + "\n")]
    case (_, let file?): [.write(file: file, text: lines.joined(separator: "\n") + "\n")]
    default: []
    }
  }
}

/// A command that a page shows, and what it says that comes out.
struct ShownCommand: Sendable {
  let text: String
  let line: Int

  /// What is shown, or `nil` where only the success counts.
  let output: [String]?

  /// The last line of the command, behind which its output stands.
  let lastLine: Int

  /// Whether the command asks for the exit code of the one before it.
  var asksForStatus: Bool { text == "echo $?" }

  /// Whether what is shown says that it fails.
  var showsFailure: Bool { expected.contains { $0.hasPrefix("error: ") } }

  /// Whether it is shown being interrupted.
  var isInterrupted: Bool { output?.first == "^C" }

  /// The lines that have to come, without what a terminal echoes.
  var expected: [String] { isInterrupted ? Array((output ?? []).dropFirst()) : output ?? [] }

  /// Lines of commands; one that ends with a backslash goes on.
  static func script(_ lines: [String], firstLine: Int) -> [ShownCommand] {
    var commands: [ShownCommand] = []
    var index = 0
    while index < lines.count {
      let start = index
      let text = joined(lines, &index)
      guard !text.isEmpty, !text.hasPrefix("#") else { continue }
      commands.append(
        ShownCommand(
          text: text, line: firstLine + start, output: nil, lastLine: firstLine + index - 1))
    }
    return commands
  }

  /// Commands behind `$ `, with their output.
  static func session(_ lines: [String], firstLine: Int) -> [ShownCommand] {
    var commands: [ShownCommand] = []
    var index = 0
    while index < lines.count {
      let start = index
      let text = joined(lines, &index)
      guard text.hasPrefix("$ ") else { continue }
      let lastLine = firstLine + index - 1
      var output: [String] = []
      while index < lines.count, !lines[index].hasPrefix("$ ") {
        output.append(lines[index])
        index += 1
      }
      while output.last == "" { output.removeLast() }
      commands.append(
        ShownCommand(
          text: String(text.dropFirst(2)), line: firstLine + start, output: output,
          lastLine: lastLine))
    }
    return commands
  }

  /// The command at `index`, its continuations joined and its comment taken off.
  private static func joined(_ lines: [String], _ index: inout Int) -> String {
    var text = lines[index]
    index += 1
    while text.hasSuffix("\\"), index < lines.count {
      text = String(text.dropLast()) + String(lines[index].trimmingPrefix(while: { $0 == " " }))
      index += 1
    }
    let command =
      text.firstMatch(of: /\s{2,}#.*$/).map { text[..<$0.range.lowerBound] } ?? text[...]
    return command.trimmingCharacters(in: .whitespaces)
  }
}
