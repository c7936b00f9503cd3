internal import ContentAddressing
internal import Report

/// What differs between runs, in the forms that the command line offers.
public struct RunComparison: Sendable {
  private let model: CompareReportModel
  private let charts: String?
  private let plain: Comparison

  init(model: CompareReportModel, charts: String?) {
    self.model = model
    self.charts = charts
    plain = CompareReport.comparison(model)
  }

  /// The self-contained page.
  public var page: String { CompareReport.html(model, interactiveChartsScript: charts) }

  /// The comparison for a pull request.
  public var markdown: String { CompareReport.markdown(model) }

  /// Whether metrics or outputs differ.
  public var differs: Bool { plain.differs }

  /// The comparison as one line of JSON.
  public var json: String { plain.value.plainJSON() }
}
