internal import Pipeline

/// The last lines of a run: counts, saved time, and where to look.
struct RunSummary {
  let record: PipelineRun
  /// The path of the page of the run.
  let page: String?
  let style: Style

  var lines: [String] {
    let counts = StageOutcome.counts(of: record.stages)
    let saved = record.stages.filter { $0.state == .hit }.reduce(0) { $0 + $1.originalSeconds }
    var summary = counts.joined(separator: " · ") + " · \(Quantity.duration(record.seconds))"
    if saved >= 0.1 { summary += " (saved \(Quantity.duration(saved)))" }
    return [style.bold(summary)] + essentials
  }

  /// What even `--quiet` prints: the run, and where its report is.
  var essentials: [String] {
    var lines = ["run     \(record.id)"]
    if let page { lines.append("report  \(page)") }
    return lines
  }
}
