internal import ContentAddressing
internal import Report

/// A short description of a prepared dataset.
enum DatasetFacts {
  static func facts(of prepared: StageResults) -> [Fact] {
    var facts: [Fact] = []
    let splits = ["train", "validation", "test"].compactMap { split -> String? in
      guard let count = prepared.metrics["\(split)_samples"]?.integer, count > 0 else { return nil }
      return "\(grouped(count)) \(split)"
    }
    if !splits.isEmpty {
      facts.append(Fact(name: "Samples", value: splits.joined(separator: " · ")))
    }
    var sample: [String] = []
    if let shape = prepared.metrics["sample_shape"]?.array?.compactMap(\.integer) {
      sample.append(shape.map { "\($0)" }.joined(separator: " × "))
    }
    if let classes = prepared.metrics["classes"]?.integer { sample.append("\(classes) classes") }
    if !sample.isEmpty {
      facts.append(Fact(name: "Sample", value: sample.joined(separator: ", ")))
    }
    return facts
  }

  /// The digits of a count in groups of three.
  private static func grouped(_ count: Int) -> String {
    var groups: [String] = []
    var rest = count
    while rest >= 1000 {
      let digits = String(rest % 1000)
      groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
      rest /= 1000
    }
    groups.append("\(rest)")
    return groups.reversed().joined(separator: ",")
  }
}
