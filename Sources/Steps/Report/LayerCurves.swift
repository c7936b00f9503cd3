internal import Report

/// The data of `layers.json` about weights and gradients, as the report shows them.
struct LayerCurves {
  private let file: LayersFile

  init?(of training: StageResults) {
    guard let file = training.decoded("layers.json", LayersFile.init(bytes:)), !file.epochs.isEmpty,
      file.epochs.allSatisfy({
        $0.weights.count == file.parameters.count && $0.gradients.count == file.parameters.count
          && $0.gradient_norms.count == file.parameters.count
      })
    else { return nil }
    self.file = file
  }

  /// The norms of each layer: the parameters of a layer are one vector.
  var norms: [LayerNorms] {
    var layers: [(name: String, parameters: [Int])] = []
    for (index, parameter) in file.parameters.enumerated() {
      let name = Self.layer(of: parameter)
      if layers.last?.name == name {
        layers[layers.count - 1].parameters.append(index)
      } else {
        layers.append((name, [index]))
      }
    }
    return layers.map { layer in
      let norm = { (norms: [Double?]) -> Double in
        layer.parameters.reduce(0) { sum, index in
          let norm = norms[index] ?? .infinity
          return sum + norm * norm
        }.squareRoot()
      }
      return LayerNorms(
        layer: layer.name, positions: file.epochs.map { Double($0.epoch) },
        weights: file.epochs.map { norm($0.weights.map(\.norm)) },
        gradients: file.epochs.map { norm($0.gradient_norms) })
    }
  }

  /// The distribution of each parameter at the epochs whose histograms were kept.
  var spreads: [ParameterSpread] {
    file.parameters.indices.map { index in
      let kept = file.epochs.filter {
        $0.weights[index].counts != nil && $0.gradients[index].counts != nil
      }
      return ParameterSpread(
        name: file.parameters[index], positions: kept.map { Double($0.epoch) },
        weights: kept.map { Self.histogram($0.weights[index]) },
        gradients: kept.map { Self.histogram($0.gradients[index]) })
    }
  }

  /// `linear1` of `linear1.weight`.
  private static func layer(of parameter: String) -> String {
    parameter.split(separator: ".").dropLast().joined(separator: ".")
  }

  private static func histogram(_ values: LayersFile.Statistics) -> ParameterSpread.Histogram {
    ParameterSpread.Histogram(
      least: values.least, greatest: values.greatest, counts: values.counts ?? [])
  }
}
