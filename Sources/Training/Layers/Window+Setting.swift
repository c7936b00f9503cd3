public import Autograd
public import Settings

extension SettingType<Window> {
  /// One number for both axes, or `[vertical, horizontal]`.
  public static func window(_ range: ClosedRange<Int>) -> Self {
    Self(
      .union([.integer(range), .list(.integer(range), count: 2...2)]),
      encode: { window, isBrief in
        isBrief && window.height == window.width
          ? .integer(window.height) : .list([.integer(window.height), .integer(window.width)])
      },
      decode: { value in
        switch value {
        case .integer(let edge) where range.contains(edge): Window(height: edge, width: edge)
        case .list(let pair) where pair.count == 2:
          if case .integer(let height) = pair[0], case .integer(let width) = pair[1],
            range.contains(height), range.contains(width)
          {
            Window(height: height, width: width)
          } else {
            nil
          }
        default: nil
        }
      })
  }
}

extension Window {
  /// The positions of this window along both axes of an image; zero or less where it does not fit.
  func positions(
    in image: Shape, stride: Window, padding: Window, dilation: Window = 1
  ) throws(ModelError.Code) -> (height: Int, width: Int) {
    func positions(
      _ extent: Int, _ axis: KeyPath<Window, Int>
    ) -> Int {
      let span = dilation[keyPath: axis] * (self[keyPath: axis] - 1) + 1
      let room = extent + 2 * padding[keyPath: axis] - span
      return room < 0 ? 0 : room / stride[keyPath: axis] + 1
    }
    let (height, width) = (positions(image[1], \.height), positions(image[2], \.width))
    guard height > 0, width > 0 else { throw .windowTooLarge }
    return (height, width)
  }
}

extension Shape {
  /// Checks that samples have so many axes.
  func require(rank: Int) throws(ModelError.Code) {
    guard self.rank == rank else { throw .rank(expected: rank) }
  }
}
