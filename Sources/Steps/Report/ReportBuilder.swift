internal import ContentAddressing
internal import Pipeline
internal import PipelineSpec
internal import Settings
internal import Report

/// Collects the data of a report from the results of the stages.
struct ReportBuilder {
  let title: String
  let upstream: [UpstreamStage]
  let stages: [StageResults]

  /// The model of the page.
  ///
  /// A stage whose outputs are not those of our own steps adds its settings and digests only.
  func model() -> RunReportModel {
    let training = stages.last { $0.kind == TrainStep.schema.kind }
    let evaluation = stages.last { $0.kind == EvaluateStep.schema.kind }
    let measured = evaluation.flatMap { stage in
      stage.decoded("evaluation.json", EvaluationFile.init(bytes:))
    }
    var report = RunReportModel(title: title, specName: title)
    report.headline = measured.map {
      Metric(name: "\($0.split) accuracy", value: $0.accuracy, goal: .maximize)
    }
    report.reproduceWith = reproduceWith(evaluation ?? training ?? stages.last)
    report.weightsEpoch = training?.metrics["epochs"]?.integer
    report.metrics = metrics(measured: measured, training: training)
    report.curves = training.map(CurveBuilder.curves) ?? []
    report.steps = training.map(StepCurves.curves) ?? []
    if let layers = training.flatMap(LayerCurves.init) {
      report.layerNorms = layers.norms
      report.spreads = layers.spreads
    }
    report.settings = settings
    report.layers = training.map(LayerTable.layers) ?? []
    report.stages = summaries
    if let evaluation, let measured {
      report.classification = ClassificationBuilder(
        evaluation: evaluation, measured: measured, data: data(read: evaluation)
      ).classification()
    }
    if let prepared = stages.last(where: { $0.kind == PrepareStep.schema.kind }) {
      report.datasetFacts = DatasetFacts.facts(of: prepared)
    }
    return report
  }

  /// The artifact contains neither spec nor run, but the reported stages have keys, which identify both.
  private func reproduceWith(_ stage: StageResults?) -> [String] {
    guard let key = stage?.key.hex.prefix(16) else { return [] }
    return ["pipeline verify sha256:\(key)"]
  }

  private func metrics(measured: EvaluationFile?, training: StageResults?) -> [Metric] {
    var metrics: [Metric] = []
    if let measured {
      metrics.append(Metric(name: "\(measured.split) loss", value: measured.loss, goal: .minimize))
    }
    let names = [
      ("validation_accuracy", MetricGoal.maximize), ("validation_loss", .minimize),
      ("train_accuracy", .maximize), ("train_loss", .minimize),
    ]
    for (name, goal) in names {
      guard let value = training?.metrics[name]?.double else { continue }
      let words = name.split(separator: "_").joined(separator: " ")
      metrics.append(Metric(name: words, value: value, goal: goal))
    }
    return metrics
  }

  /// The prepared data that an evaluation read.
  private func data(read evaluation: StageResults) -> StageResults? {
    let reads = upstream.first { $0.name == evaluation.name }?.reads ?? []
    return stages.last { reads.contains($0.name) && $0.kind == PrepareStep.schema.kind }
  }

  /// Every setting that can change a result: the others are not the same for the same key.
  private var settings: [Report.Setting] {
    upstream.flatMap { stage -> [Report.Setting] in
      let seed = stage.seed.map {
        [Report.Setting(path: "\(stage.name).seed", value: "\($0)", isDefault: false)]
      }
      let fields = stage.parameters.flattened().filter { $0.role == .result }
      return (seed ?? [])
        + fields.map {
          Report.Setting(path: "\(stage.name).\($0.path)", value: $0.text, isDefault: $0.isDefault)
        }
    }
  }

  private var summaries: [StageSummary] {
    upstream.map { stage in
      StageSummary(
        name: stage.name, kind: stage.kind, key: stage.key.description,
        inputs: stage.parameters.inputs.compactMap { input in
          guard case .stage(let reference) = input.source,
            let content = stages.first(where: { $0.name == reference.stage })?
              .outputs[reference.output]
          else { return nil }
          return .init(
            name: reference.output, stage: reference.stage, digest: content.digest.description)
        },
        outputs: stage.outputs.sorted { $0.key < $1.key }.map { name, content in
          .init(
            name: name, digest: content.digest.description, byteCount: content.byteCount)
        })
    }
  }
}
