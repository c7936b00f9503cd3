/// A comparison of runs: as a page, as Markdown, as plain values.
public enum CompareReport {
  /// Writes the page: one self-contained HTML file.
  ///
  /// - Parameters:
  ///   - model: The runs, the baseline first.
  ///   - interactiveChartsScript: The text of `dygraph.min.js`, which adds zooming to the curves.
  /// - Returns: A file in UTF-8 that opens from anywhere, without a network.
  public static func html(
    _ model: CompareReportModel, interactiveChartsScript: String? = nil
  ) -> String {
    Page(
      title: model.title, body: ComparePage(model: model, comparison: Comparison(model)).body,
      footer: "pipeline · comparison",
      scripts: (interactiveChartsScript.map { [$0] } ?? []) + Page.compareScripts
    ).html
  }

  /// What differs, as plain values to encode.
  public static func comparison(_ model: CompareReportModel) -> Comparison {
    var comparison = Comparison(model)
    comparison.effects = comparison.measuredEffects()
    return comparison
  }

  /// Writes tables of metrics, of settings that differ and of what they went with, for a pull request.
  public static func markdown(_ model: CompareReportModel) -> String {
    CompareMarkdown(model: model, comparison: comparison(model)).text
  }
}
