extension Evaluation {
  /// How often samples of each class were taken for each class.
  public var confusionMatrix: ConfusionMatrix {
    ConfusionMatrix(labels: labels, predictions: predictions, classCount: classCount)
  }

  /// The share of the samples whose label is among the `k` most probable classes.
  ///
  /// Among equal probabilities the lower class goes first; NaN goes before all numbers.
  public func topAccuracy(_ k: Int) -> Double {
    guard !labels.isEmpty else { return 0 }
    var hits = 0
    for (sample, label) in labels.enumerated() {
      let row = probabilities[sample * classCount..<(sample + 1) * classCount]
      let own = row[row.startIndex + Int(label)]
      var ahead = 0
      for (index, value) in row.enumerated() where index != Int(label) {
        let goesFirst =
          value.isNaN
          ? !own.isNaN || index < Int(label)
          : value > own || (value == own && index < Int(label))
        if goesFirst { ahead += 1 }
      }
      if ahead < k { hits += 1 }
    }
    return Double(hits) / Double(labels.count)
  }

  /// The samples with the greatest losses, greatest first; of equals the earlier one first.
  public func worstSamples(_ count: Int) -> [Int] {
    let order = losses.indices.sorted { (losses[$0], -$0) > (losses[$1], -$1) }
    return Array(order.prefix(count))
  }
}
