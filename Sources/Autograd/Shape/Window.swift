/// A pair of extents, vertical and horizontal: the size, stride, padding or dilation of a window.
public struct Window: Hashable, Sendable {
  /// The vertical extent.
  public var height: Int
  /// The horizontal extent.
  public var width: Int

  /// Creates a window.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}

extension Window: ExpressibleByIntegerLiteral {
  /// Creates a square window.
  public init(integerLiteral value: Int) { self.init(height: value, width: value) }
}

extension Window: CustomStringConvertible {
  /// `height×width`.
  public var description: String { "\(height)×\(width)" }
}
