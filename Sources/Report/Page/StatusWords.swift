/// The words for how a run ended.
struct StatusWords {
  /// A CSS class.
  var look: String
  var label: String
  var reason: String?

  init(_ status: RunReportModel.Status) {
    switch status {
    case .succeeded:
      (look, label, reason) = ("succeeded", "Succeeded", nil)
    case .failed(let reason):
      (look, label, self.reason) = ("failed", "Failed", reason.nonEmpty)
    case .interrupted(let reason):
      (look, label, self.reason) = ("interrupted", "Interrupted", reason.nonEmpty)
    }
  }
}

extension MetricGoal {
  /// `higher is better`, `lower is better`.
  var words: String? {
    switch self {
    case .maximize: "higher is better"
    case .minimize: "lower is better"
    case .none: nil
    }
  }

  /// Whether `new` is better than `old`; `nil` without a direction or where both are equal.
  func prefers(_ new: Double, to old: Double) -> Bool? {
    guard new != old, new.isFinite, old.isFinite else { return nil }
    return switch self {
    case .maximize: new > old
    case .minimize: new < old
    case .none: nil
    }
  }
}
