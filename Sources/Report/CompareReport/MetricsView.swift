/// The table of metrics: a row for each run, for each metric its value and what it changed.
struct MetricsView {
  private let runs: [Comparison.Run]
  private let metrics: [Comparison.MetricRow]

  /// `nil` if nothing was measured.
  init?(_ comparison: Comparison) {
    guard !comparison.metrics.isEmpty else { return nil }
    runs = comparison.runs
    metrics = comparison.metrics
  }

  var section: PageSection {
    PageSection(
      "metrics", entry: "Metrics", heading: "Runs and metrics",
      note: "Change is against the baseline; ▲ is better, ▼ is worse by the metric's declared "
        + "direction. The best of a column is bold.",
      tools: { header in
        header.tools {
          $0.choice("Baseline", act: "baseline", of: runs.map { "\($0.letter) · \($0.label)" })
        }
      }
    ) { section in
      section.scrolling("Runs and metrics") { region in
        region.element(
          "table", ["class": "runs sticky", "data-sortable": "yes", "id": "runs-table"]
        ) { table in
          table.element("thead", [:], writeHead)
          table.element("tbody") { body in
            for index in runs.indices { write(run: index, to: &body) }
          }
        }
      }
    }
  }

  private func writeHead(to head: inout MarkupWriter) {
    head.element("tr") { line in
      line.element("td", text: "")
      for metric in metrics {
        line.element(
          "th",
          [
            "scope": "colgroup", "colspan": Self.isFollowed(metric) ? "3" : "2",
            "class": "group-head",
          ]
        ) { cell in
          cell.write(metric.name)
          guard let goal = metric.goal.words else { return }
          cell.write(" ")
          cell.element("span", ["class": "sub"], text: goal)
        }
      }
    }
    head.element("tr") { line in
      line.element("th", ["scope": "col"], text: "Run")
      for metric in metrics {
        for name in ["last", "change"] + (Self.isFollowed(metric) ? ["best"] : []) {
          line.element("th", ["scope": "col", "class": "num"], text: name)
        }
      }
    }
  }

  private static func isFollowed(_ metric: Comparison.MetricRow) -> Bool {
    metric.values.contains { $0?.best != nil }
  }

  private func write(run index: Int, to body: inout MarkupWriter) {
    let run = runs[index]
    body.element("tr", ["data-run": "\(index)", "class": index == 0 ? "baseline" : ""]) { line in
      line.element("th", ["scope": "row"]) { head in
        head.element("span", ["class": "run-name"]) { name in
          name.element("label", ["class": "needs-js"]) { label in
            label.element(
              "input",
              ["type": "checkbox", "checked": "checked", "data-act": "show", "value": "\(index)"])
            label.element(
              "span", ["class": "visually-hidden"], text: "Show the lines of run \(run.letter)")
          }
          name.append(Swatch(style: index).svg())
          name.letter(run, index)
          name.write(" ")
          name.element("span", ["class": "run-label"]) { label in
            label.write(run.label)
            label.element(
              "span", ["class": "badge", "hidden": index == 0 ? "" : "hidden"], text: "baseline")
            label.element("span", ["class": "id mono"], text: run.id)
          }
        }
      }
      for metric in metrics { write(metric, run: index, to: &line) }
    }
  }

  private func write(_ metric: Comparison.MetricRow, run: Int, to line: inout MarkupWriter) {
    let value = metric.values[run]
    let words = { (number: Double?) in
      number.map { NumberText.metric($0, named: metric.name) } ?? "–"
    }
    func cell(_ role: String, _ look: String, _ number: Double?, _ text: String, sub: String? = nil)
    {
      line.element(
        "td",
        [
          "class": look.isEmpty ? "num" : "num \(look)", "data-role": role,
          "data-goal": metric.goal.rawValue,
          "data-rate": NumberText.isRate(metric.name) ? "1" : "0",
          // A cell without a number says so, as the script expects.
          "data-v": number.map(NumberText.exact) ?? "none",
        ]
      ) { content in
        content.write(text)
        if let sub { content.element("span", ["class": "sub"], text: sub) }
      }
    }
    cell("last", metric.best == run ? "best" : "", value?.last, words(value?.last))
    let delta = run == 0 ? nil : value?.delta
    let isBetter = run == 0 ? nil : value?.isBetter
    cell(
      "delta", isBetter.map { $0 ? "up" : "down" } ?? "", delta,
      delta.map {
        NumberText.metricDelta($0, named: metric.name) + (isBetter.map { $0 ? " ▲" : " ▼" } ?? "")
      } ?? "")
    guard Self.isFollowed(metric) else { return }
    cell(
      "best", "", value?.best, words(value?.best),
      sub: value?.bestEpoch.map { "at \(NumberText.significant($0, 7))" })
  }
}
