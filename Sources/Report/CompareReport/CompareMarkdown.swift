/// A comparison as Markdown tables.
struct CompareMarkdown {
  var model: CompareReportModel
  var comparison: Comparison

  var text: String {
    var parts = ["### " + escape(model.title)]
    if !comparison.isComparable {
      parts.append("> **Not comparable:** the runs were measured on different test data.")
    }
    parts.append(runs)
    if !comparison.metrics.isEmpty { parts.append(metrics) }
    let differing = comparison.settings.filter(\.differs)
    parts.append(
      "\(differing.count) of \(Text.counted(comparison.settings.count, "setting")) "
        + "\(differing.count == 1 ? "differs" : "differ").")
    if !differing.isEmpty { parts.append(table("Setting", differing)) }
    if let effects = comparison.effects {
      parts += [
        self.effects(effects),
        "ρ: rank correlation. ε²: part of the variance between the values.",
      ]
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var letters: [String] { comparison.runs.map(\.letter) }

  private var runs: String {
    comparison.runs.enumerated().map { index, run in
      let stage = comparison.firstDifferentStage[index]
      return "- **\(run.letter)** \(escape(run.label)) · `\(code(run.id))`"
        + (index == 0
          ? " · baseline" : stage.map { " · differs from stage \(escape($0)) on" } ?? "")
        + (run.tags.isEmpty ? "" : " · tagged \(escape(Text.list(run.tags)))")
        + (run.note.map { " — " + escape($0) } ?? "")
    }.joined(separator: "\n")
  }

  private var metrics: String {
    let rows = comparison.metrics.map { metric in
      let cells = metric.values.enumerated().map { index, value -> String in
        guard let value else { return "–" }
        let shown = NumberText.metric(value.last, named: metric.name)
        let text = metric.best == index ? "**\(shown)**" : shown
        guard index > 0, let delta = value.delta, delta != 0 else { return text }
        let sign = value.isBetter.map { $0 ? " ▲" : " ▼" } ?? ""
        return "\(text) (\(NumberText.metricDelta(delta, named: metric.name))\(sign))"
      }
      let goal = metric.goal.words.map { " (\($0))" } ?? ""
      return line([escape(metric.name) + goal] + cells)
    }
    return ([line(["Metric"] + letters), rule] + rows).joined(separator: "\n")
  }

  /// ρ or ε² of each setting and metric.
  private func effects(_ effects: Comparison.Effects) -> String {
    let rows = effects.settings.prefix(Self.effectLimit).map { setting in
      line(
        ["`\(code(setting.name))`"]
          + setting.effects.map { effect in
            effect.correlation.map { "ρ " + signed($0) }
              ?? effect.share.map { "ε² " + NumberText.fixed($0, decimals: 2) } ?? "–"
          })
    }
    let ruler = line(["---"] + effects.metrics.map { _ in "---:" })
    return ([line(["Went with"] + effects.metrics.map(escape)), ruler] + rows)
      .joined(separator: "\n")
  }

  private static let effectLimit = 10

  private func signed(_ value: Double) -> String {
    NumberText.signed(NumberText.fixed(value, decimals: 2))
  }

  private func table(_ heading: String, _ rows: [Comparison.Row]) -> String {
    let lines = rows.map { row in
      line(["`\(code(row.name))`"] + row.values.map { $0.map { "`\(code($0))`" } ?? "–" })
    }
    return ([line([heading] + letters), rule] + lines).joined(separator: "\n")
  }

  private var rule: String { line(["---"] + letters.map { _ in "---:" }) }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// Text that Markdown and HTML inside it leave alone.
  private func escape(_ text: String) -> String {
    var result = ""
    for scalar in HTMLText.visible(text).unicodeScalars {
      switch scalar {
      case "\n", "\t": result += " "
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "!", "@": result += "\\\(scalar)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Text between backticks inside a table.
  private func code(_ text: String) -> String {
    var result = ""
    for scalar in HTMLText.visible(text).unicodeScalars {
      switch scalar {
      case "\n", "\t": result += " "
      case "`": result += "ˋ"
      case "|": result += "\\|"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.isEmpty ? " " : result
  }
}
