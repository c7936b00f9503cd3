internal import Report
public struct RunComparison: Sendable {
  public var page: String { "" }
  public var markdown: String { "" }
  public var differs: Bool { false }
  public var json: String { "" }
  init(model: CompareReportModel, charts: String?) {}
}
