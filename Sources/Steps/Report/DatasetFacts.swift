internal import ContentAddressing
internal import Report

/// What a prepared dataset is, in a few words.
enum DatasetFacts {
  static func facts(of prepared: StageResults) -> [Fact] {
    var facts: [Fact] = []
    for split in ["train", "validation", "test"] {
      guard let count = prepared.metrics["\(split)_samples"]?.integer, count > 0 else { continue }
      facts.append(Fact(name: "\(split) samples", value: "\(count)"))
    }
    if let classes = prepared.metrics["classes"]?.integer {
      facts.append(Fact(name: "classes", value: "\(classes)"))
    }
    if let shape = prepared.metrics["sample_shape"]?.array?.compactMap(\.integer) {
      facts.append(
        Fact(name: "sample", value: shape.map { "\($0)" }.joined(separator: "×")))
    }
    return facts
  }
}
