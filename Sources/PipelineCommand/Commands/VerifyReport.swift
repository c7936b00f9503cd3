internal import ContentAddressing
internal import Pipeline

/// What `pipeline verify` prints: a line a stage, with the places of differences under it.
struct VerifyReport {
  let record: PipelineRun
  let shared: SharedOptions

  private var terminal: Terminal { shared.terminal }
  private var width: Int { record.stages.map(\.name.count).max() ?? 8 }

  func begin() {
    guard !shared.json else { return }
    terminal.output(
      "verifying \(record.name.shown) · run \(record.id) · \(Clock.text(record.started))")
  }

  func write(_ stage: StageVerification) {
    guard !shared.json else { return }
    let style = terminal.outputStyle
    let (sign, word) =
      switch stage.state {
      case .proved: (style.green("✓"), style.green("proved "))
      case .differs: (style.red("✗"), style.red("DIFFERS"))
      case .otherKey: (style.red("✗"), style.red("other key"))
      case .failed: (style.red("✗"), style.red("failed "))
      }
    let detail = stage.state == .proved ? Self.count(stage.outputs.count, "output") : ""
    terminal.output(
      "  \(sign) \(stage.name.shown.padded(to: width))  \(word)  "
        + "\(Quantity.duration(stage.seconds).padded(to: 9)) \(style.dim(detail))")
    for difference in stage.differences {
      terminal.output("      \(difference.name.shown)")
      terminal.output(
        "        recorded \(difference.recorded.shown)"
          + (difference.record == .result ? "  (in the record of the key)" : ""))
      terminal.output("        computed \(difference.computed.shown)")
      for place in difference.places { terminal.output("        \(place.shown)") }
    }
    if stage.state == .otherKey {
      terminal.output(
        "      this version of the program computes another key from the recorded settings:")
      for change in stage.keyChanges { terminal.output("        \("\(change)".shown)") }
    }
    for note in stage.notes { terminal.output("      \(note.shown)") }
    if let failure = stage.failure { terminal.output("      \("\(failure)".shown)") }
  }

  func end(_ stages: [StageVerification], isInterrupted: Bool) {
    let proved = stages.filter { $0.state == .proved }.count
    if shared.json {
      let status =
        isInterrupted ? "interrupted" : proved == stages.count ? "proved" : "differs"
      let value: CanonicalValue = [
        "schema": "pipeline.verify/1", "run": .string(record.id), "status": .string(status),
        "stages": .array(stages.map(\.value)),
      ]
      return terminal.output(value.plainJSON())
    }
    let style = terminal.outputStyle
    if isInterrupted {
      terminal.output("\(style.yellow("interrupted")) · \(proved) proved so far")
    } else if proved == stages.count {
      terminal.output("\(style.green("proved")) · \(Self.count(proved, "stage")), attested")
    } else {
      terminal.output(
        "\(style.red("not proved")) · \(proved) of \(Self.count(stages.count, "stage"))")
    }
  }

  private static func count(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
