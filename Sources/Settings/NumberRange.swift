/// The finite doubles between two bounds, each of them open or closed or absent.
public struct NumberRange: Hashable, Sendable {
  /// One end of a range.
  public struct Bound: Hashable, Sendable {
    public let value: Double
    /// Whether the value itself belongs to the range.
    public let isIncluded: Bool
  }

  public let lower: Bound?
  public let upper: Bound?

  private init(lower: Bound?, upper: Bound?) {
    self.lower = lower
    self.upper = upper
  }

  /// All finite numbers.
  public static let any = NumberRange(lower: nil, upper: nil)

  /// From `value` upwards.
  public static func atLeast(_ value: Double) -> NumberRange {
    NumberRange(lower: Bound(value: value, isIncluded: true), upper: nil)
  }

  /// Greater than `value`.
  public static func above(_ value: Double) -> NumberRange {
    NumberRange(lower: Bound(value: value, isIncluded: false), upper: nil)
  }

  /// From `lower` to `upper`, both included.
  public static func closed(_ lower: Double, _ upper: Double) -> NumberRange {
    NumberRange(
      lower: Bound(value: lower, isIncluded: true), upper: Bound(value: upper, isIncluded: true))
  }

  /// From `lower`, included, to `upper`, excluded.
  public static func halfOpen(_ lower: Double, _ upper: Double) -> NumberRange {
    NumberRange(
      lower: Bound(value: lower, isIncluded: true), upper: Bound(value: upper, isIncluded: false))
  }

  /// Between `lower` and `upper`, both excluded.
  public static func open(_ lower: Double, _ upper: Double) -> NumberRange {
    NumberRange(
      lower: Bound(value: lower, isIncluded: false), upper: Bound(value: upper, isIncluded: false))
  }

  /// Greater than `lower`, up to `upper` included.
  public static func openClosed(_ lower: Double, _ upper: Double) -> NumberRange {
    NumberRange(
      lower: Bound(value: lower, isIncluded: false), upper: Bound(value: upper, isIncluded: true))
  }

  /// Whether `value` is finite and lies in this range.
  public func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    if let lower, lower.isIncluded ? value < lower.value : value <= lower.value { return false }
    if let upper, upper.isIncluded ? value > upper.value : value >= upper.value { return false }
    return true
  }
}
