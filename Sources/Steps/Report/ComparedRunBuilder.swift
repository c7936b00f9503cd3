internal import ArtifactStore
internal import ContentAddressing
internal import Datasets
internal import Pipeline
internal import PipelineSpec
internal import Report
internal import Settings
internal import SystemPackage

/// One run as the comparison sees it, read from its record and, where they are still there, its outputs.
struct ComparedRunBuilder {
  let record: PipelineRun
  let store: ArtifactStore

  var run: ComparedRun {
    let training = results(of: TrainStep.schema.kind)
    let evaluation = results(of: EvaluateStep.schema.kind)
    let measured = evaluation.flatMap {
      $0.decoded("evaluation.json", EvaluationFile.init(bytes:))
    }
    var run = ComparedRun(id: record.id, specName: record.name)
    run.settings = record.settings.filter(\.isResult).map {
      Report.Setting(path: $0.path, value: $0.text, isDefault: $0.isDefault)
    }
    run.curves = training.map(CurveBuilder.curves) ?? []
    run.metrics = metrics(evaluation, measured, curves: run.curves)
    run.confusion = measured.map {
      ConfusionMatrix(classNames: $0.class_names, counts: $0.confusion)
    }
    run.predictions = evaluation.flatMap {
      $0.decoded("predictions.safetensors", PredictionsFile.init(bytes:))
    }.map { .init(trueClasses: $0.labels, predictedClasses: $0.predictions) }
    run.plots = plots
    run.environment = record.environment.sorted { $0.key < $1.key }.map {
      if $0.key == "peak_memory_bytes", let bytes = $0.value.integer {
        return Fact(name: "Peak memory", value: "\((bytes + 500_000) / 1_000_000) MB")
      }
      return Fact(name: RunFactsBuilder.words($0.key), value: RunFactsBuilder.text(of: $0.value))
    }
    run.stages = record.stages.compactMap(summary)
    run.specification = record.specification.flatMap { try? store.read($0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    run.testDataDigest = testDataDigest
    return run
  }

  private func results(of kind: String) -> StageResults? {
    guard let stage = record.stages.last(where: { $0.kind == kind && $0.state.hasResult }),
      let key = stage.key
    else { return nil }
    return StageResults(
      name: stage.name, kind: kind, key: key, outputs: stage.outputs, metrics: stage.metrics,
      bytes: { name in
        guard let content = stage.outputs[name] else { throw ModelFileError(field: name) }
        return try store.read(content)
      },
      samples: { name, split in
        guard let content = stage.outputs[name] else { throw ModelFileError(field: name) }
        return try DatasetFile(try store.verifiedPath(of: content).string).split(split)
      })
  }

  private func metrics(
    _ evaluation: StageResults?, _ measured: EvaluationFile?, curves: [Curve]
  ) -> [ComparedRun.MetricValue] {
    var metrics: [ComparedRun.MetricValue] = []
    if let measured {
      metrics.append(
        .init(name: "\(measured.split) accuracy", goal: .maximize, last: measured.accuracy))
      metrics.append(.init(name: "\(measured.split) loss", goal: .minimize, last: measured.loss))
    }
    for curve in curves {
      for series in curve.series {
        guard let last = series.values.last else { continue }
        let isLower = curve.goal == .minimize
        let best = isLower ? series.values.min() : series.values.max()
        let place = best.flatMap { series.values.firstIndex(of: $0) }
        metrics.append(
          .init(
            name: "\(series.name) \(curve.name)", goal: curve.goal, last: last, best: best,
            bestEpoch: place.map { series.positions[$0] }))
      }
    }
    return metrics
  }

  private func summary(_ stage: StageOutcome) -> StageSummary? {
    guard let key = stage.key else { return nil }
    return StageSummary(
      name: stage.name, kind: stage.kind, key: key.description, inputs: [],
      outputs: stage.outputs.sorted { $0.key < $1.key }.map {
        .init(name: $0.key, digest: $0.value.digest.description, byteCount: $0.value.byteCount)
      })
  }

  /// The plots that the run's report shows, as far as their outputs are still there.
  ///
  /// The stored key of the report holds their definitions and the contents of what they show.
  private var plots: [Plot] {
    guard let stage = record.stages.last(where: { $0.kind == ReportStep.word }),
      let key = stage.key, let document = try? store.keyDocument(key),
      let value = KeyDocument(bytes: document)?.value
    else { return [] }
    // Kinds that this release does not have are left out: the run may be older.
    let plots = (value["parameters"]?["plots"]?.array ?? []).enumerated().compactMap {
      try? Plots.kinds.decode(SettingValue($1), at: "plots.\($0)")
    }
    let files = PlotFiles { input in
      record.settings.first { $0.path == "\(stage.name).\(input.path)" }?.text ?? input.source
    } read: { input in
      guard let content = value["inputs"]?[input.path]?.content else {
        throw ModelFileError(field: input.path)
      }
      return try store.read(content)
    }
    return plots.compactMap { try? $0.plot(of: files) }
  }

  /// The data of the measurement: the digest of the prepared data, with the split.
  private var testDataDigest: String? {
    record.stages.last { $0.kind == PrepareStep.schema.kind }?
      .outputs["dataset.h5"]?.digest.description
  }
}

/// One run as a row of the index.
struct IndexRunBuilder {
  let record: PipelineRun
  let started: String

  var run: IndexReportModel.Run {
    let evaluation = record.stages.last { $0.metrics["accuracy"] != nil }
    return IndexReportModel.Run(
      id: record.id, title: record.name, specName: record.file,
      status: .init(of: record),
      startedAt: started, seconds: record.seconds,
      stages: RunFactsBuilder.stages(of: record),
      metrics: [("accuracy", MetricGoal.maximize), ("loss", .minimize)].compactMap { name, goal in
        evaluation?.metrics[name]?.double.map { Metric(name: name, value: $0, goal: goal) }
      },
      settings: record.settings.filter { $0.isResult && !$0.isDefault }.map {
        Report.Setting(path: $0.path, value: $0.text, isDefault: false)
      }, page: "runs/\(record.id)/report.html")
  }
}
