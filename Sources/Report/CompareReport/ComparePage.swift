/// The page of a comparison: its head and its sections, in the order of the page.
struct ComparePage {
  let model: CompareReportModel
  let comparison: Comparison

  var body: Markup {
    let sections = sections
    return Markup { page in
      writeHead(to: &page)
      PageSection.writeContents(of: sections, to: &page)
      page.element("main", ["id": "main"]) { main in
        for section in sections { section.write(to: &main) }
      }
    }
  }

  private var sections: [PageSection] {
    [
      MetricsView(comparison)?.section, notes,
      DifferencesView(comparison.settings, noun: "setting", comparison)?
        .section("settings", entry: "Settings", heading: "Settings", act: "all-settings"),
      CompareCurves(model, comparison).section, parallel, effects,
      RunScatter(comparison)?.section, MatricesView(model, comparison)?.section,
      SampleChangesView(model, comparison)?.section, ComparePlots(model, comparison)?.section,
      SpecsView(model, comparison)?.section,
      DifferencesView(comparison.environment, noun: "fact", comparison)?
        .section(
          "environment", entry: "Environment", heading: "Environment",
          remark: "They do not affect results."),
      DifferencesView(comparison.digests, noun: "digest", comparison, shortens: true)?
        .section("digests", entry: "Digests", heading: "Digests", before: writeDepartures),
    ].compactMap { $0 }
  }

  private func writeHead(to page: inout MarkupWriter) {
    var specs: [String] = []
    for run in model.runs where !specs.contains(run.specName) { specs.append(run.specName) }
    page.element("header", ["class": "hero"]) { hero in
      hero.element(
        "p", ["class": "eyebrow"],
        text: "Comparison · \(Text.counted(model.runs.count, "run")) of \(Text.list(specs))")
      hero.element("h1", text: model.title)
      if let warning {
        hero.element("p", ["class": "banner bad"]) { banner in
          banner.element("strong", text: "Not comparable: the test data differ")
          banner.write(warning)
        }
      }
    }
  }

  private var warning: String? {
    guard !comparison.isComparable else { return nil }
    let others = model.runs.indices.filter {
      model.runs[$0].testDataDigest != model.runs[0].testDataDigest
    }.map { comparison.runs[$0].letter }
    return "\(others.count == 1 ? "Run" : "Runs") \(Text.list(others)) "
      + "\(others.count == 1 ? "was" : "were") measured on other test data than run A. "
      + "A difference between their numbers says nothing about the models."
  }

  /// The notes and tags of the runs.
  private var notes: PageSection? {
    let noted = comparison.runs.indices.filter {
      comparison.runs[$0].note != nil || !comparison.runs[$0].tags.isEmpty
    }
    guard !noted.isEmpty else { return nil }
    return PageSection("notes", entry: "Notes", heading: "Notes") { section in
      section.element("ul", ["class": "notes"]) { list in
        for index in noted {
          let run = comparison.runs[index]
          list.element("li") { item in
            item.letter(run, index)
            item.element("div") { block in
              block.element("p", ["class": "note-run"]) { line in
                line.write(run.label)
                for tag in run.tags {
                  line.write(" ")
                  line.element("span", ["class": "chip"], text: tag)
                }
              }
              for paragraph in run.note.map(Text.noteLines) ?? [] {
                block.element("p", text: paragraph)
              }
            }
          }
        }
      }
    }
  }

  private var parallel: PageSection? {
    guard let chart = ParallelCoordinates(comparison) else { return nil }
    return PageSection(
      "parallel", entry: "Parallel coordinates", heading: "Parallel coordinates",
      note: "Numeric settings that differ, and the metrics. Each line is a run in its colour.",
      tools: { header in
        header.element(
          "div",
          [
            "class": "tools needs-js", "role": "group", "aria-label": "Reverse an axis",
            "data-flips": "yes",
          ]
        ) { $0.element("span", text: "Flip") }
      }
    ) { section in
      section.scrolling("Parallel coordinates", look: "parallel-scroll") { $0.append(chart.svg()) }
    }
  }

  private var effects: PageSection? {
    guard let effects = SettingEffects(comparison) else { return nil }
    return PageSection(
      "effects", entry: "Effects of settings", heading: "Effects of settings",
      note: "Association of settings and metrics over "
        + "\(NumberText.count(comparison.runs.count)) runs. ρ: rank correlation for numeric "
        + "settings, −1 to +1. ε²: share of the variance that any other setting explains, corrected "
        + "for chance. Effects of settings that were changed together cannot be separated, and a "
        + "few runs prove little."
    ) { $0.element("div", ["class": "narrow"], effects.table.write) }
  }

  /// The runs whose outputs leave the baseline's at the same stage.
  private func writeDepartures(to section: inout MarkupWriter) {
    var departures: [(stage: String?, runs: [Int])] = []
    for (index, stage) in comparison.firstDifferentStage.enumerated().dropFirst() {
      if let place = departures.firstIndex(where: { $0.stage == stage }) {
        departures[place].runs.append(index)
      } else {
        departures.append((stage, [index]))
      }
    }
    section.element("ul", ["class": "first-differences"]) { list in
      for (stage, runs) in departures {
        list.element("li") { item in
          for index in runs {
            item.letter(comparison.runs[index], index)
            item.write(" ")
          }
          guard let stage else { return item.write("every output is the baseline's") }
          item.write("first stage whose output is not the baseline's: ")
          item.element("strong", text: stage)
        }
      }
    }
  }
}

extension MarkupWriter {
  /// Writes the letter of a run in its colour.
  mutating func letter(_ run: Comparison.Run, _ index: Int) {
    element("span", ["class": "letter \(LineStyle.colour(index))"], text: run.letter)
  }

  /// Writes the name of a run: its letter, then the settings that distinguish it from the others.
  mutating func label(_ run: Comparison.Run, _ index: Int, followedBy rest: String = "") {
    letter(run, index)
    write(" \(run.label)\(rest)")
  }

  /// Writes which run has which colour and dashes.
  mutating func legend(of runs: [Comparison.Run]) {
    element("ul", ["class": "legend"]) { list in
      for (index, run) in runs.enumerated() {
        list.element("li", ["data-run": "\(index)"]) { item in
          item.append(Swatch(style: index).svg())
          item.element("span") { $0.label(run, index) }
        }
      }
    }
  }

  /// Writes a choice among axes: `first` names the choice of none of them, where there is one.
  mutating func choice(
    _ name: String, act: String, first: String? = nil, of axes: [String], chosen: Int? = nil
  ) {
    element("label") { label in
      label.write(name + " ")
      label.element("select", ["data-act": act]) { select in
        if let first { select.element("option", ["value": "none"], text: first) }
        for (place, axis) in axes.enumerated() {
          select.element(
            "option", ["value": "\(place)", "selected": place == chosen ? "selected" : ""],
            text: axis)
        }
      }
    }
  }
}
