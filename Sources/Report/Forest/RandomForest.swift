/// Many trees over samples drawn with repetition, judged by the samples that each did not see
/// (Breiman 2001).
///
/// The same features and targets give the same numbers in any order of the samples.
struct RandomForest {
  static let treeCount = 300

  /// The part of the variance of unseen samples that the forest foretells: 1 is all, 0 or less nothing.
  private(set) var explained = 0.0
  /// How much of the variance goes with each feature: half of what the mean squared error of unseen
  /// samples gains where the feature's values are shuffled among them.
  ///
  /// Not one shuffling but the mean over all of them, which takes no chance. The error of a forest that
  /// foretells well grows by twice the variance that goes with the feature (Jansen 1999), hence the half;
  /// below 0 shuffling did no harm.
  private(set) var importances: [Double]

  /// Grows a forest; `nil` where the targets are all the same, or some sample was in every tree.
  ///
  /// - Parameters:
  ///   - features: A level for each sample; in an order that does not depend on that of the samples.
  ///   - targets: A finite number for each sample.
  ///   - trees: How many trees.
  init?(
    features: [RegressionTree.Feature], targets: [Double], trees: Int = Self.treeCount
  ) {
    importances = features.map { _ in 0 }
    let order = targets.indices.sorted { left, right in
      for feature in features where feature.levels[left] != feature.levels[right] {
        return feature.levels[left] < feature.levels[right]
      }
      return targets[left] < targets[right]
    }
    let features = features.map { feature in
      var feature = feature
      feature.levels = order.map { feature.levels[$0] }
      return feature
    }
    guard let targets = Self.normal(order.map { targets[$0] }) else { return nil }
    let count = targets.count
    var sums = [Double](repeating: 0, count: count)
    var votes = [Int](repeating: 0, count: count)
    for number in 0..<trees {
      var stream = CounterStream(UInt64(number))
      let drawn = (0..<count).map { _ in stream.index(below: count) }
      let tree = RegressionTree(
        features: features, targets: targets, samples: drawn.sorted(), drawing: &stream)
      var isUnseen = [Bool](repeating: true, count: count)
      for sample in drawn { isUnseen[sample] = false }
      let unseen = targets.indices.filter { isUnseen[$0] }
      for sample in unseen {
        sums[sample] += tree.value(of: sample, features)
        votes[sample] += 1
      }
      for index in features.indices where tree.used[index] {
        importances[index] += Self.growth(of: index, in: tree, unseen, features, targets)
      }
    }
    guard votes.allSatisfy({ $0 > 0 }) else { return nil }
    let errors = targets.indices.reduce(0.0) { sum, sample in
      let error = targets[sample] - sums[sample] / Double(votes[sample])
      return sum + error * error
    }
    let variance = targets.reduce(0) { $0 + $1 * $1 } / Double(count)
    explained = 1 - errors / Double(count) / variance
    importances = importances.map { $0 / Double(trees) / variance / 2 }
  }

  /// Numbers about 0 with the farthest at 1, so that no square overflows.
  private static func normal(_ values: [Double]) -> [Double]? {
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    let centred = values.map { $0 - mean }
    let farthest = centred.reduce(0) { max($0, abs($1)) }
    guard farthest > 0, farthest.isFinite else { return nil }
    let last = centred.map { $0 / farthest }
    // A mean of equal numbers may be off by a rounding, which is no variance.
    return values.contains { $0 != values[0] } ? last : nil
  }

  /// By how much the mean squared error of unseen samples grows if a level is any of theirs.
  private static func growth(
    of index: Int, in tree: RegressionTree, _ unseen: [Int],
    _ features: [RegressionTree.Feature], _ targets: [Double]
  ) -> Double {
    guard !unseen.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: features[index].levelCount)
    for sample in unseen { counts[features[index].levels[sample]] += 1 }
    let present = counts.indices.filter { counts[$0] > 0 }
    var growth = 0.0
    for sample in unseen {
      let own = targets[sample] - tree.value(of: sample, features)
      var shuffled = 0.0
      for level in present {
        let error =
          targets[sample] - tree.value(of: sample, features, replacing: index, by: level)
        shuffled += Double(counts[level]) * error * error
      }
      growth += shuffled / Double(unseen.count) - own * own
    }
    return growth / Double(unseen.count)
  }
}
