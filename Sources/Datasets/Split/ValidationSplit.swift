internal import RandomStreams
public import Settings

/// How many samples are taken from the training samples for validation, and how.
public struct ValidationSplit: SettingRecord, Hashable {
  public static let settings = [
    Setting<Self>(
      "count", \.count, .integer(atLeast: 1), "The number of samples, taken from `train`."),
    Setting(
      "fraction", \.fraction, .number(.open(0, 1)), "The share of `train`, instead of a count."),
    Setting("stratified", \.isStratified, .boolean, "Whether each class keeps its share."),
  ]

  /// The number of samples that are taken.
  public var count: Int?

  /// The part of the training samples that is taken, 0 ≤ fraction < 1, rounded to the nearest count.
  public var fraction: Double?

  /// Whether each class gives in proportion to its size.
  public var isStratified = true

  /// No validation samples.
  public init() {}

  /// Creates a split.
  public init(count: Int, isStratified: Bool = false) {
    self.count = count
    self.isStratified = isStratified
  }

  /// Creates a split.
  public init(fraction: Double, isStratified: Bool = false) {
    self.fraction = fraction
    self.isStratified = isStratified
  }

  public func complaints() -> [Complaint] {
    switch (count, fraction) {
    case (nil, nil): [Complaint("", "`validation` needs `count` or `fraction`")]
    case (_?, _?): [Complaint("fraction", "give `count` or `fraction` of `validation`, not both")]
    default: []
    }
  }

  /// Divides samples; both lists ascend.
  ///
  /// What is taken is the beginning of a permutation named by (seed, split), or for each class of one
  /// named by (seed, "class n", split).
  ///
  /// - Parameters:
  ///   - labels: The class of each sample.
  ///   - seed: Names the random stream.
  /// - Returns: The places of the training and of the validation samples, or `nil` if that many
  ///   cannot be taken: at least one sample must remain.
  func divide(_ labels: [Int32], seed: UInt64) -> (training: [Int], validation: [Int])? {
    var count = self.count ?? 0
    if let fraction {
      guard fraction >= 0, fraction < 1 else { return nil }
      count = Int((fraction * Double(labels.count)).rounded())
    }
    guard count >= 0, count < labels.count else { return nil }
    let validation =
      isStratified ? stratified(labels, count, seed) : plain(labels.count, count, seed)
    var isTaken = [Bool](repeating: false, count: labels.count)
    for index in validation { isTaken[index] = true }
    return (
      labels.indices.filter { !isTaken[$0] }, labels.indices.filter { isTaken[$0] }
    )
  }

  private func plain(_ total: Int, _ count: Int, _ seed: UInt64) -> [Int] {
    Permutation(count: total, seed: seed, epoch: 0, purpose: .split).order.prefix(count)
      .map { Int($0) }
  }

  /// Takes from each class its share; what rounding leaves over goes to the largest remainders, the
  /// lower class first among equals.
  private func stratified(_ labels: [Int32], _ count: Int, _ seed: UInt64) -> [Int] {
    var members = [[Int]](repeating: [], count: Int(labels.max() ?? 0) + 1)
    for (index, label) in labels.enumerated() { members[Int(label)].append(index) }
    var shares = members.map { $0.count * count / labels.count }
    let remainders = members.map { $0.count * count % labels.count }
    let missing = count - shares.reduce(0, +)
    let order = members.indices.sorted {
      remainders[$0] != remainders[$1] ? remainders[$0] > remainders[$1] : $0 < $1
    }
    for index in order.prefix(missing) { shares[index] += 1 }
    return members.indices.flatMap { label in
      let key = StreamKey(seed: seed).named("class \(label)")
      return Permutation(
        count: members[label].count, seed: key.seed, epoch: 0, purpose: .split
      ).order.prefix(shares[label]).map { members[label][Int($0)] }
    }
  }
}
