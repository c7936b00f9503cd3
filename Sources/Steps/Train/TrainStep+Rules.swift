internal import PipelineSpec

/// The rules between settings of a training that the spec alone can decide.
enum TrainingRules {
  static func complaints(_ settings: SpecRecord) -> [Complaint] {
    shards(settings) + momentum(settings) + layers(settings["model"]?.list ?? [], at: "model")
  }

  private static func shards(_ settings: SpecRecord) -> [Complaint] {
    guard let shards = settings["shards"]?.integer, let size = settings["batch_size"]?.integer,
      shards > size
    else { return [] }
    return [Complaint("shards", "`shards` cannot exceed `batch_size`")]
  }

  private static func momentum(_ settings: SpecRecord) -> [Complaint] {
    guard let sgd = settings["optimizer"]?.choice, sgd.name == "sgd",
      sgd.settings["nesterov"]?.boolean == true, sgd.settings["momentum"]?.number == 0
    else { return [] }
    return [
      Complaint(
        "optimizer.sgd.nesterov",
        "`nesterov` looks ahead along the momentum, and `momentum` is 0; set it above 0, such as 0.9")
    ]
  }

  /// Mistakes in a list of layers and in the lists inside of residuals.
  private static func layers(_ layers: [SpecValue], at path: String) -> [Complaint] {
    layers.enumerated().flatMap { index, layer -> [Complaint] in
      guard let (word, settings) = layer.choice else { return [] }
      let place = "\(path).\(index).\(word)"
      if word == "residual" {
        return ["body", "projection"].flatMap { list in
          Self.layers(settings[list]?.list ?? [], at: "\(place).\(list)")
        }
      }
      guard word.hasSuffix("_pool"), let kernel = edges(settings["kernel"]),
        let padding = edges(settings["padding"])
      else { return [] }
      let largest = (kernel.height / 2, kernel.width / 2)
      guard padding.height > largest.0 || padding.width > largest.1 else { return [] }
      let range = largest.0 == largest.1 ? "\(largest.0)" : "[\(largest.0), \(largest.1)]"
      return [
        Complaint(
          "\(place).padding",
          "the padding of a pooling is at most half of its kernel: 0 to \(range) here")
      ]
    }
  }

  /// The vertical and horizontal extent that one number or a pair gives.
  private static func edges(_ value: SpecValue?) -> (height: Int, width: Int)? {
    if let edge = value?.integer { return (edge, edge) }
    let pair = value?.list?.compactMap(\.integer) ?? []
    return pair.count == 2 ? (pair[0], pair[1]) : nil
  }
}
