public import Autograd
public import Settings

/// A kind of layer that makes one value of each window of an image.
public protocol PoolingKind: LayerKind, Module {
  /// Height and width of the window.
  var kernel: Window { get set }
  /// Distance between neighbouring windows; nil means the size of the window.
  var stride: Window? { get set }
  /// Padding on each side, at most half the kernel.
  var padding: Window { get set }
}

extension PoolingKind {
  /// Creates a pooling window; the stride is the kernel unless given.
  public init(kernel: Window, stride: Window? = nil, padding: Window = 0) {
    self.init()
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  public static var shorthand: String? { "kernel" }

  /// The distance between neighbouring windows.
  var step: Window { stride ?? kernel }

  static var pooling: [Setting<Self>] {
    [
      Setting(
        "kernel", \.kernel, .window(1...256), isRequired: true,
        "The size of the window, or [height, width]."),
      Setting(
        "stride", \.stride, .window(1...256), encoding: \Self.step,
        "The stride of the window; its size by default."),
      Setting(
        "padding", \.padding, .window(0...256),
        "The zero padding on each side, or [vertical, horizontal]."),
    ]
  }

  public func complaints() -> [Complaint] {
    guard padding.height * 2 > kernel.height || padding.width * 2 > kernel.width else { return [] }
    return [Complaint("padding", "`padding` can be at most half of `kernel`")]
  }

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    try input.require(rank: 3)
    let (height, width) = try kernel.positions(in: input, stride: step, padding: padding)
    return [input[0], height, width]
  }
}
