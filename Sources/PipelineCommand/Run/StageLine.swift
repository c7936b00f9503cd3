internal import ContentAddressing
internal import Pipeline

/// One finished stage as a line: sign, name, state, time and results.
struct StageLine {
  let outcome: StageOutcome
  let style: Style
  let nameWidth: Int

  var text: String {
    let state = outcome.word.padded(to: 8)
    let hasTime = outcome.state != .hit && outcome.state != .skipped
    let time = (hasTime ? Quantity.duration(outcome.seconds) : "").padded(to: 9)
    let head = "  \(sign) \(outcome.name.shown.padded(to: nameWidth))  "
    if !detail.isEmpty { return head + "\(colored(state)) \(time) \(detail)" }
    // No trailing spaces.
    return head
      + (hasTime
        ? "\(colored(state)) \(Quantity.duration(outcome.seconds))" : colored(outcome.word))
  }

  private var sign: String {
    switch outcome.state {
    case .hit: style.green("✓")
    case .ran, .resumed: style.green("✓")
    case .failed: outcome.isInterrupted ? style.yellow("■") : style.red("✗")
    case .skipped: style.dim("·")
    }
  }

  private func colored(_ state: String) -> String {
    switch outcome.state {
    case .hit: style.dim(state)
    case .ran: style.blue(state)
    case .resumed: style.yellow(state)
    case .failed: outcome.isInterrupted ? style.yellow(state) : style.red(state)
    case .skipped: style.dim(state)
    }
  }

  /// The metrics where there are any, otherwise the outputs.
  private var detail: String {
    guard outcome.state.hasResult else { return "" }
    let metrics = StageLine.headlines(outcome.metrics)
    if !metrics.isEmpty { return metrics.joined(separator: " · ") }
    let bytes = Quantity.bytes(outcome.outputs.values.reduce(0) { $0 + $1.byteCount })
    let names = outcome.outputs.keys.sorted()
    return style.dim(
      names.count == 1 ? "\(names[0].shown) · \(bytes)" : "\(names.count) files · \(bytes)")
  }

  /// The numbers among the metrics, accuracy first, as `name value`; the name of a split is given once.
  static func headlines(_ metrics: StageMetrics) -> [String] {
    let order = ["accuracy", "validation_accuracy", "loss", "validation_loss"]
    let names = order.filter { metrics[$0] != nil }
    var split: Substring = ""
    return names.prefix(2).compactMap { name in
      guard let value = metrics[name]?.double else { return nil }
      let words = name.split(separator: "_")
      let isSame = words.count > 1 && words[0] == split
      split = words.count > 1 ? words[0] : ""
      return (isSame ? words.dropFirst() : words[...]).joined(separator: " ")
        + " \(Quantity.metric(name, value))"
    }
  }
}

extension Style {
  /// The sign of a run that ended so.
  func sign(of status: PipelineRun.Status) -> String {
    switch status {
    case .ok: green("✓")
    case .failed: red("✗")
    case .interrupted: yellow("■")
    }
  }
}
