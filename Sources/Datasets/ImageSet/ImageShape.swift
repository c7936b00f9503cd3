/// The shape of one sample: channels, height, width, in this order in memory.
public struct ImageShape: Hashable, Sendable {
  /// The number of channels, at least 1.
  public let channels: Int

  /// The number of rows, at least 1.
  public let height: Int

  /// The number of columns, at least 1.
  public let width: Int

  /// Creates a shape.
  public init(channels: Int, height: Int, width: Int) {
    precondition(channels > 0 && height > 0 && width > 0)
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// The number of positions in a channel.
  public var area: Int { height * width }

  /// The number of values in a sample.
  public var count: Int { channels * area }
}
