public import ContentAddressing

/// Named results of a stage, for example `accuracy` and `loss`.
public typealias StageMetrics = [String: CanonicalValue]
