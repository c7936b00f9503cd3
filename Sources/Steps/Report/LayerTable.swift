internal import Report
internal import Training

/// The layers of a trained model as the report lists them.
enum LayerTable {
  static func layers(of training: StageResults) -> [Report.LayerSummary] {
    guard let file = training.decoded("model.safetensors", ModelFile.init(bytes:)),
      let summary = try? file.description.inferShapes(input: file.inputShape)
    else { return [] }
    return summary.layers.map { layer in
      Report.LayerSummary(
        name: layer.name, kind: layer.layer.word, outputShape: "\(layer.output)",
        parameterCount: layer.parameterCount)
    }
  }
}
