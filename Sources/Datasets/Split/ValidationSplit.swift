internal import RandomStreams

/// How many samples are taken from the training samples for validation, and how.
public struct ValidationSplit: Hashable, Sendable {
  /// How many samples are taken.
  public enum Amount: Hashable, Sendable {
    case count(Int)
    /// A part of the training samples, 0 ≤ fraction < 1, rounded to the nearest count.
    case fraction(Double)
  }

  /// How many samples are taken.
  public var amount: Amount

  /// Whether each class gives in proportion to its size.
  public var isStratified: Bool

  /// Creates a split.
  public init(_ amount: Amount, isStratified: Bool = false) {
    self.amount = amount
    self.isStratified = isStratified
  }

  /// No validation samples.
  public static let none = ValidationSplit(.count(0))

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
    let count: Int
    switch amount {
    case .count(let number): count = number
    case .fraction(let part):
      guard part >= 0, part < 1 else { return nil }
      count = Int((part * Double(labels.count)).rounded())
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
