/// The sections of the page of a run, in the order of the page.
///
/// What most readers look for is open: curves, plots, errors, samples, the settings that were made. The
/// rest is folded.
struct RunSections {
  let model: RunReportModel

  /// The content before the sections of the run itself.
  var open: [PageSection] {
    [curves, plots, errors, samples, regression, settings].compactMap { $0 }
  }

  /// The content after them.
  var folded: [PageSection] {
    [steps, norms, confidence, layers, allSettings, provenance, card].compactMap { section in
      section.map {
        var folded = $0
        folded.isFolded = true
        return folded
      }
    }
  }

  private var curves: PageSection? {
    let curves = LearningCurves(model.curves)
    let charts = curves.charts
    guard !charts.isEmpty else { return nil }
    return PageSection(
      "curves", entry: "Curves", heading: "Learning curves", note: curves.overfittingNote,
      tools: { $0.curveTools(of: "curves") },
      body: { $0.charts(charts, look: charts.count > 2 ? "trio" : "") })
  }

  private var plots: PageSection? {
    guard !model.plots.isEmpty else { return nil }
    let hasLines = model.plots.contains { if case .lines = $0.content { true } else { false } }
    return PageSection(
      "plots", entry: "Plots", heading: "Plots",
      tools: hasLines ? { $0.curveTools(of: "plots") } : nil
    ) { section in
      section.element("div", ["class": "pair"]) { pair in
        for (index, plot) in model.plots.enumerated() {
          PlotView(plot: plot, id: "plot-\(index)").write(to: &pair)
        }
      }
    }
  }

  private var errors: PageSection? {
    model.classification.map { ErrorsView(classification: $0).section }
  }

  private var samples: PageSection? { model.classification.flatMap { SamplesView($0)?.section } }

  private var regression: PageSection? {
    guard let charts = model.regression.flatMap({ RegressionCharts($0) }) else {
      return nil
    }
    return PageSection(
      "regression", entry: "Predictions", heading: "Predicted against true", note: charts.note
    ) { $0.charts(charts.charts) }
  }

  private var settings: PageSection? {
    let rows = SettingRow.rows(model.settings.filter { !$0.isDefault })
    guard !rows.isEmpty else { return nil }
    return PageSection(
      "settings", entry: "Settings", heading: "Settings that differ from defaults"
    ) { SettingRow.writeColumns(rows, to: &$0) }
  }

  private var steps: PageSection? {
    let charts = model.steps.filter { !$0.series.isEmpty }.enumerated().map { index, curve in
      CurveChart(id: "step-\(index)", curve: curve).view
    }
    guard !charts.isEmpty else { return nil }
    return PageSection(
      "steps", entry: "Steps", heading: "Loss and gradient norm of each step",
      note: "Values of each batch before its update, from trace.csv.",
      tools: { $0.curveTools(of: "steps") }
    ) { $0.charts(charts, look: charts.count > 2 ? "trio" : "") }
  }

  private var norms: PageSection? {
    let charts = NormCharts(norms: model.layerNorms).charts
    let spreads = SpreadView(model.spreads)
    guard !charts.isEmpty || spreads != nil else { return nil }
    return PageSection(
      "norms", entry: "Norms", heading: "Norms and distributions of weights and gradients",
      note: "Euclidean norms of each layer's parameters, and of their gradients as the root mean "
        + "square over every sixteenth step. Vanishing and exploding gradients show here first."
    ) { section in
      section.charts(charts)
      spreads?.write(to: &section)
    }
  }

  private var confidence: PageSection? {
    guard let classification = model.classification,
      case let charts = ConfidenceCharts(classification: classification),
      !charts.charts.isEmpty
    else { return nil }
    return PageSection(
      "confidence", entry: "Confidence", heading: "Confidence", note: charts.note
    ) { $0.charts(charts.charts, look: charts.charts.count > 2 ? "trio" : "") }
  }

  private var allSettings: PageSection? {
    let rows = SettingRow.rows(model.settings)
    guard !rows.isEmpty else { return nil }
    return PageSection(
      "all-settings", entry: "All settings", heading: "All settings",
      note: "\(Text.counted(rows.count, "setting")); defaults in grey.",
      tools: { $0.tools { SettingRow.writeTools(to: &$0) } }
    ) { SettingRow.writeTable(rows, to: &$0) }
  }

  private var layers: PageSection? {
    guard !model.layers.isEmpty else { return nil }
    let total = model.layers.reduce(0) { $0 + $1.parameterCount }
    let table = TableView(
      name: "Layers",
      columns: [
        .init(name: "Layer"), .init(name: "Kind"), .init(name: "Output"),
        .init(name: "Parameters", isNumber: true),
      ],
      rows: model.layers.map {
        [
          .head($0.name), .init(text: $0.kind), .init(text: $0.outputShape),
          .number(NumberText.count($0.parameterCount)),
        ]
      })
    return PageSection(
      "model", entry: "Model", heading: "Model",
      note: "\(Text.counted(model.layers.count, "layer")), \(NumberText.count(total)) parameters, "
        + "\(NumberText.bytes(total * 4)) as 32-bit floats.", body: table.write)
  }

  private var provenance: PageSection? {
    guard !model.stages.isEmpty else { return nil }
    return PageSection(
      "provenance", entry: "Provenance", heading: "Provenance",
      note: "Each stage is named by the digest of everything that can change its result; each "
        + "output by the digest of its bytes."
    ) { section in
      section.scrolling("Graph of the stages") {
        $0.append(ProvenanceGraph(stages: model.stages).svg())
      }
      ProvenanceTable.table(of: model.stages).write(to: &section)
    }
  }

  private var card: PageSection? {
    guard let text = model.modelCard?.nonEmpty else { return nil }
    return PageSection("card", entry: "Model card", heading: "Model card") { section in
      section.element("div", ["class": "prose"]) { prose in
        for paragraph in Text.paragraphs(text) { prose.element("p", text: paragraph) }
      }
    }
  }
}
