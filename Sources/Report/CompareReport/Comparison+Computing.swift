extension Comparison {
  init(_ model: CompareReportModel) {
    let runs = model.runs
    settings = Self.rows(
      runs.map { $0.settings.map { ($0.path, $0.value) } },
      isDefault: { path in
        runs.allSatisfy { run in
          run.settings.first { $0.path == path }?.isDefault ?? false
        }
      })
    environment = Self.rows(runs.map { $0.environment.map { ($0.name, $0.value) } })
    digests = Self.rows(runs.map(Self.digests))
    metrics = Self.metrics(runs)
    firstDifferentStage = runs.map { Self.firstDifference($0, from: runs[0]) }
    isComparable = runs.allSatisfy { $0.testDataDigest == runs[0].testDataDigest }
    samples = runs.map { isComparableSamples($0, runs[0]) ? Self.changes($0, from: runs[0]) : nil }
    let labels = RunLabels.labels(runs, settings: settings)
    self.runs = runs.enumerated().map { index, run in
      Run(
        id: run.id, letter: LineStyle.letter(index), label: labels[index], tags: run.tags,
        note: run.note?.nonEmpty)
    }
    differs =
      settings.contains(where: \.differs) || digests.contains(where: \.differs)
      || metrics.contains { row in
        Set(row.values.map { $0?.last }).count > 1
      }
  }

  /// Aligns named values over runs, in the order in which names are first seen.
  private static func rows(
    _ runs: [[(name: String, value: String)]], isDefault: (String) -> Bool = { _ in false }
  ) -> [Row] {
    var names: [String] = []
    var seen: Set<String> = []
    let columns = runs.map { run in
      var column: [String: String] = [:]
      for (name, value) in run {
        if seen.insert(name).inserted { names.append(name) }
        column[name] = value
      }
      return column
    }
    return names.map { name in
      let values = columns.map { $0[name] }
      return Row(
        name: name, values: values, differs: values.contains { $0 != values[0] },
        isDefault: isDefault(name))
    }
  }

  private static func digests(_ run: ComparedRun) -> [(name: String, value: String)] {
    run.stages.flatMap { stage in
      (stage.key.isEmpty ? [] : [("\(stage.name) key", stage.key)])
        + stage.outputs.map { ("\(stage.name)/\($0.name)", $0.digest) }
    }
  }

  private static func metrics(_ runs: [ComparedRun]) -> [MetricRow] {
    var rows: [MetricRow] = []
    for metric in runs.flatMap(\.metrics) where !rows.contains(where: { $0.name == metric.name }) {
      let found = runs.map { run in run.metrics.first { $0.name == metric.name } }
      let values = found.map { value -> MetricRow.Value? in
        guard let value else { return nil }
        let delta = found[0].map { value.last - $0.last }
        return MetricRow.Value(
          last: value.last, best: value.best, bestEpoch: value.bestEpoch, delta: delta,
          isBetter: found[0].flatMap { metric.goal.prefers(value.last, to: $0.last) })
      }
      let lasts = values.map { $0?.last ?? .nan }
      rows.append(
        MetricRow(
          name: metric.name, goal: metric.goal, values: values,
          best: LearningCurves.best(of: lasts, goal: metric.goal)))
    }
    return rows
  }

  /// The first stage with an output that the baseline has otherwise, or does not have.
  private static func firstDifference(_ run: ComparedRun, from baseline: ComparedRun) -> String? {
    for stage in run.stages {
      let other = baseline.stages.first { $0.name == stage.name }
      if other?.outputs != stage.outputs { return stage.name }
    }
    return baseline.stages.first { stage in !run.stages.contains { $0.name == stage.name } }?.name
  }

  private static func changes(_ run: ComparedRun, from baseline: ComparedRun) -> SampleChanges? {
    guard let new = run.predictions, let old = baseline.predictions else { return nil }
    var changes = SampleChanges(fixed: [], broken: [])
    for index in new.trueClasses.indices {
      let truth = new.trueClasses[index]
      let wasRight = old.predictedClasses[index] == truth
      let isRight = new.predictedClasses[index] == truth
      if !wasRight && isRight { changes.fixed.append(index) }
      if wasRight && !isRight { changes.broken.append(index) }
    }
    return changes
  }
}

/// Whether both runs speak of the same samples.
private func isComparableSamples(_ run: ComparedRun, _ baseline: ComparedRun) -> Bool {
  guard let new = run.predictions, let old = baseline.predictions else { return false }
  return run.testDataDigest == baseline.testDataDigest && new.trueClasses == old.trueClasses
}
