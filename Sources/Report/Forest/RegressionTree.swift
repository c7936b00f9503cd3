/// A tree that parts samples by one feature after the other, so that a number is about equal in each leaf.
///
/// A feature is a whole number for each sample, its *level*. Levels of an ordered feature are parted
/// between two neighbours, those of any other into any two sets; the best of these stand next to one
/// another by the mean of the number (Fisher 1958), so both are found in one pass.
struct RegressionTree {
  struct Feature {
    var levels: [Int]
    var levelCount: Int
    var isOrdered: Bool
  }

  enum Node {
    case leaf(mean: Double)
    /// Samples of the levels marked go to the node `left`.
    case split(feature: Int, goesLeft: [Bool], left: Int, right: Int)
  }

  /// The fewest samples of a leaf; a sample that was drawn twice counts twice.
  static let leastOfLeaf = 2

  private(set) var nodes: [Node] = []
  /// The features that part anything.
  private(set) var used: [Bool]

  /// Grows a tree.
  ///
  /// - Parameters:
  ///   - features: What may part samples. Of equal splits that of a feature drawn at random is taken.
  ///   - targets: The number of each sample.
  ///   - samples: The samples to learn from; one may stand there several times.
  ///   - depth: How many splits may follow one another.
  ///   - stream: Where the order of features is drawn from.
  init(
    features: [Feature], targets: [Double], samples: [Int], depth: Int = 32,
    drawing stream: inout CounterStream
  ) {
    used = features.map { _ in false }
    _ = grow(features, targets, samples, depth, &stream)
  }

  /// The number of the leaf that a sample falls into, a level of it replaced where asked.
  func value(
    of sample: Int, _ features: [Feature], replacing feature: Int = -1, by level: Int = 0
  ) -> Double {
    var place = 0
    while true {
      switch nodes[place] {
      case .leaf(let mean): return mean
      case .split(let index, let goesLeft, let left, let right):
        let own = index == feature ? level : features[index].levels[sample]
        place = goesLeft[own] ? left : right
      }
    }
  }

  private mutating func grow(
    _ features: [Feature], _ targets: [Double], _ samples: [Int], _ depth: Int,
    _ stream: inout CounterStream
  ) -> Int {
    let place = nodes.count
    let sum = samples.reduce(0) { $0 + targets[$1] }
    nodes.append(.leaf(mean: sum / Double(max(samples.count, 1))))
    guard depth > 0, samples.count >= 2 * Self.leastOfLeaf,
      let best = Self.split(features, targets, samples, &stream)
    else { return place }
    used[best.feature] = true
    let levels = features[best.feature].levels
    let left = grow(
      features, targets, samples.filter { best.goesLeft[levels[$0]] }, depth - 1, &stream)
    let right = grow(
      features, targets, samples.filter { !best.goesLeft[levels[$0]] }, depth - 1, &stream)
    nodes[place] = .split(
      feature: best.feature, goesLeft: best.goesLeft, left: left, right: right)
    return place
  }

  /// The split by which the squares of what is left shrink most; none where nothing is gained.
  private static func split(
    _ features: [Feature], _ targets: [Double], _ samples: [Int], _ stream: inout CounterStream
  ) -> (feature: Int, goesLeft: [Bool])? {
    let count = Double(samples.count)
    let sum = samples.reduce(0) { $0 + targets[$1] }
    let squares = samples.reduce(0) { $0 + targets[$1] * targets[$1] }
    // Less is rounding.
    var bestGain = max(squares * 1e-9, .leastNormalMagnitude)
    var best: (feature: Int, order: [Int], cut: Int, counts: [Int])?
    for index in shuffled(features.count, &stream) {
      let feature = features[index]
      var counts = [Int](repeating: 0, count: feature.levelCount)
      var sums = [Double](repeating: 0, count: feature.levelCount)
      for sample in samples {
        counts[feature.levels[sample]] += 1
        sums[feature.levels[sample]] += targets[sample]
      }
      var order = counts.indices.filter { counts[$0] > 0 }
      if !feature.isOrdered {
        let means = order.map { sums[$0] / Double(counts[$0]) }
        order = order.indices.sorted { (means[$0], $0) < (means[$1], $1) }.map { order[$0] }
      }
      var (leftCount, leftSum) = (0, 0.0)
      for cut in order.indices.dropLast() {
        leftCount += counts[order[cut]]
        leftSum += sums[order[cut]]
        let rightCount = samples.count - leftCount
        guard leftCount >= leastOfLeaf, rightCount >= leastOfLeaf else { continue }
        let rightSum = sum - leftSum
        let gain =
          leftSum * leftSum / Double(leftCount) + rightSum * rightSum / Double(rightCount)
          - sum * sum / count
        if gain > bestGain { (bestGain, best) = (gain, (index, order, cut, counts)) }
      }
    }
    return best.map { found in
      (found.feature, sides(features[found.feature], found.order, found.cut, found.counts))
    }
  }

  /// On which side each level is: one that was not seen with the nearest, or with the greater part.
  private static func sides(
    _ feature: Feature, _ order: [Int], _ cut: Int, _ counts: [Int]
  ) -> [Bool] {
    if feature.isOrdered {
      let middle = order[cut] + order[cut + 1]
      return (0..<feature.levelCount).map { 2 * $0 <= middle }
    }
    let left = order[...cut].reduce(0) { $0 + counts[$1] }
    let right = order[(cut + 1)...].reduce(0) { $0 + counts[$1] }
    var sides = [Bool](repeating: left >= right, count: feature.levelCount)
    for (place, level) in order.enumerated() { sides[level] = place <= cut }
    return sides
  }

  private static func shuffled(_ count: Int, _ stream: inout CounterStream) -> [Int] {
    var order = Array(0..<count)
    for place in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(place, stream.index(below: place + 1))
    }
    return order
  }
}
