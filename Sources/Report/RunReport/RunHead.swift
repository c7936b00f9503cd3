internal import ElementaryFunctions

/// The head of the page of a run: its title, how it ended, its main numbers, and how to get them again.
struct RunHead {
  let model: RunReportModel

  func write(to page: inout MarkupWriter) {
    let status = StatusWords(model.status)
    page.element("header", ["class": "hero"]) { hero in
      hero.element("p", ["class": "eyebrow"], text: "Run report · \(model.specName)")
      hero.element("h1", text: model.title)
      hero.element("div", ["class": "status"]) { line in
        line.element("span", ["class": "pill \(status.look)"], text: status.label)
        line.mark(.status)
      }
      if let reason = status.reason {
        hero.element(
          "p", ["class": status.look == "failed" ? "banner bad" : "banner"], text: reason)
      }
      hero.element("div", ["class": "headline"]) { writeNumbers(to: &$0) }
      if !model.reproduceWith.isEmpty { writeCommands(to: &hero) }
    }
  }

  private func writeNumbers(to headline: inout MarkupWriter) {
    if let metric = model.headline {
      headline.element("div") { block in
        block.element(
          "p", ["class": "value"], text: NumberText.metric(metric.value, named: metric.name))
        block.element("p", ["class": "what"]) { what in
          what.write(metric.name)
          if let goal = metric.goal.words { what.element("span", text: " · \(goal)") }
        }
        let details = [interval, weights].compactMap { $0 }
        if !details.isEmpty {
          block.element("p", ["class": "note"], text: details.joined(separator: " · "))
        }
      }
    }
    headline.element("dl", ["class": "numbers"]) { list in
      list.numbers(numbers)
      list.mark(.numbers)
    }
  }

  /// The confidence interval of the accuracy for the number of samples.
  private var interval: String? {
    guard let classification = model.classification, let headline = model.headline,
      headline.name == "\(classification.split) accuracy",
      let range = classification.confusion.accuracyInterval
    else { return nil }
    let total = NumberText.count(classification.confusion.total)
    return "95% interval \(NumberText.percent(range.lowerBound)) to "
      + "\(NumberText.percent(range.upperBound)), n = \(total)"
  }

  private var weights: String? {
    model.weightsEpoch.map { "weights of epoch \(NumberText.count($0))" }
  }

  private var numbers: [(name: String, value: String)] {
    model.metrics.filter { $0 != model.headline }.map {
      (Text.capitalized($0.name), NumberText.metric($0.value, named: $0.name))
    }
      + (model.datasetName.map { [("Dataset", $0)] } ?? [])
      + model.datasetFacts.map { ($0.name, Text.inLines($0.value)) }
  }

  private func writeCommands(to hero: inout MarkupWriter) {
    hero.element("div", ["class": "reproduce"]) { box in
      box.element("div") { column in
        column.element("h2", text: "Reproduce and verify")
        column.element("pre", ["data-copy-source": "yes"]) { pre in
          pre.mark(.commands)
          Self.write(model.reproduceWith, to: &pre)
          pre.mark(.commandsEnd)
        }
      }
      box.element(
        "button", ["type": "button", "class": "icon needs-js", "data-act": "copy"], text: "Copy")
    }
  }

  static func write(_ commands: [String], to pre: inout MarkupWriter) {
    for command in commands { pre.element("code", text: command) }
  }
}

/// What the head of the page says of a run, beside what it says of results.
extension RunFacts {
  /// Facts in a line, then what people say of the run.
  func writeStatus(to line: inout MarkupWriter) {
    let hits = stages.count { $0.state == .hit }
    let resumed = stages.count { $0.state == .resumed }
    let facts =
      ["run \(runID)", startedAt, NumberText.duration(seconds)]
      + (hits > 0 ? ["\(hits) of \(Text.counted(stages.count, "stage")) cached"] : [])
      + (resumed > 0 ? ["\(Text.counted(resumed, "stage")) resumed"] : [])
    for fact in facts { line.element("span", text: fact) }
    for tag in tags { line.element("span", ["class": "chip"], text: tag) }
    guard let note, case let paragraphs = Text.noteLines(note), !paragraphs.isEmpty else { return }
    line.element("div", ["class": "said", "role": "note", "aria-label": "Note"]) { said in
      for paragraph in paragraphs { said.element("p", text: paragraph) }
    }
  }

  /// Throughput and memory.
  var numbers: [(name: String, value: String)] {
    var numbers: [(name: String, value: String)] = []
    let rates = samplesPerSecond.filter(\.isFinite).sorted()
    if !rates.isEmpty {
      numbers.append(("Throughput", "\(Self.rounded(rates[rates.count / 2])) samples/s"))
    }
    if let peakMemoryBytes { numbers.append(("Peak memory", NumberText.bytes(peakMemoryBytes))) }
    return numbers
  }

  /// A rate to three digits, in groups: more would only be noise.
  private static func rounded(_ rate: Double) -> String {
    guard var number = DecimalDigits(min(max(rate, 0), 1e15)) else { return "–" }
    number.round(toSignificant: 3)
    let text = NumberText.plain(number, decimals: nil)
    return Int(text).map(NumberText.count) ?? text
  }
}
