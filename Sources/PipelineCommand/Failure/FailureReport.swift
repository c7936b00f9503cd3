internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec

/// A failure as printed on standard error: lines for people, or with `--json` one object.
///
/// Standard output keeps to the schema of the command, so that its readers never meet another one.
struct FailureReport {
  /// The schema of the object.
  static let schema = "pipeline.error/1"

  let status: ExitStatus

  /// What happened and what to do next, without colours and without a prefix such as “error”.
  let message: String

  /// Additional members for programs.
  let details: [String: CanonicalValue]

  /// The text for people.
  private let render: (Style) -> String

  init(
    _ status: ExitStatus, _ message: String, details: [String: CanonicalValue] = [:],
    render: ((Style) -> String)? = nil
  ) {
    self.status = status
    self.message = message
    self.details = details
    self.render = render ?? { "\($0.red("error")): \(message.shown)" }
  }

  /// The mistakes of a spec, each with its place.
  init(_ error: SpecError) {
    self.init(
      .invalidSpec, error.description,
      details: ["diagnostics": error.value, "count": .integer(error.count)],
      render: { error.rendered(color: $0.isColored) })
  }

  /// A suggestion for the path of a missing file.
  static func advice(on error: any Error) -> String {
    guard case .missingInput(let path)? = (error as? PipelineError)?.code,
      !OutputFile.exists(path), let meant = Folder.nearest(to: path)
    else { return "" }
    return "; did you mean \(path.hasPrefix("./") && !meant.hasPrefix("./") ? "./" : "")\(meant)?"
  }

  /// The object, a contract of the command line.
  var value: CanonicalValue {
    var members = details
    members["schema"] = .string(Self.schema)
    members["code"] = .integer(Int(status.rawValue))
    members["kind"] = .string(status.name)
    members["message"] = .string(message)
    return .object(members)
  }

  /// Prints the failure, unless the command has already printed everything as data.
  func write(to terminal: Terminal, isJSON: Bool) {
    guard !message.isEmpty else { return }
    terminal.message(isJSON ? value.plainJSON() : render(terminal.errorStyle))
  }
}

extension SpecError {
  /// The mistakes as data: what, where, and what would be right.
  var value: CanonicalValue {
    .array(
      diagnostics.map { diagnostic in
        let place = diagnostic.location
        return [
          "message": .string(diagnostic.message),
          "file": place.map { .string($0.file) } ?? .null,
          "line": place.map { .integer($0.line) } ?? .null,
          "column": place.map { .integer($0.column) } ?? .null,
          "width": .integer(diagnostic.width),
          "hint": diagnostic.hint.map { .string($0) } ?? .null,
          "notes": .array(diagnostic.notes.map { .string($0) }),
          "text": .string(diagnostic.rendered(color: false)),
        ]
      })
  }
}

/// The output options of a command line that has not been, or cannot be, parsed.
struct OutputWishes {
  let isJSON: Bool
  let color: Terminal.ColorChoice

  init(words: [String]) {
    let options = words.prefix { $0 != "--" }
    isJSON = options.contains("--json")
    var color: Terminal.ColorChoice?
    for (index, word) in options.enumerated() {
      if word == "--color", index + 1 < options.count {
        color = Terminal.ColorChoice(rawValue: options[index + 1]) ?? color
      } else if word.hasPrefix("--color=") {
        color = Terminal.ColorChoice(rawValue: String(word.dropFirst(8))) ?? color
      }
    }
    self.color = color ?? .auto
  }

  var terminal: Terminal { Terminal(color: color, environment: ProcessEnvironment.all) }
}
