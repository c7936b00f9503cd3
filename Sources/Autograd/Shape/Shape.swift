/// The extents of a tensor along its axes, outermost first.
///
/// Images are logically N, C, H, W whatever their storage in memory (Numerics rule 9). A scalar has no axes.
public struct Shape: Hashable, Sendable {
  /// The extent of each axis; never negative.
  public let extents: [Int]

  /// Creates a shape.
  ///
  /// - Precondition: No extent is negative, and the product of all fits an `Int`.
  public init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "a shape has a negative extent: \(extents)")
    self.extents = extents
  }

  /// The shape of a single number.
  public static let scalar = Shape([])

  /// The number of axes.
  public var rank: Int { extents.count }

  /// The number of elements: the product of all extents, 1 for a scalar.
  public var count: Int { extents.reduce(1, *) }

  /// The extent of one axis; a negative index counts from the last axis, so −1 is the last.
  public subscript(axis: Int) -> Int { extents[axis < 0 ? extents.count + axis : axis] }

  /// The shape without its first axis: that of one sample of a batch.
  ///
  /// - Precondition: The rank is at least 1.
  public var sample: Shape { Shape(Array(extents.dropFirst())) }

  /// The shape of `count` such samples.
  public func batch(of count: Int) -> Shape { Shape([count] + extents) }
}

extension Shape: ExpressibleByArrayLiteral {
  /// Creates a shape from a literal such as `[64, 784]`.
  public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
  /// The extents joined by ×, as in `64×784`; `scalar` for a single number.
  public var description: String {
    extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "×")
  }
}
