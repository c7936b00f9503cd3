public import Autograd

/// One layer of a model as a plain value: what it does, and the name its parameters and random streams bear.
public struct LayerDescription: Hashable, Sendable {
  /// What a layer does.
  public enum Kind: Hashable, Sendable {
    /// All axes of a sample become one, in the order C, H, W.
    case flatten
    /// `y = x Wᵀ + b` over the last axis of flat samples.
    case linear(features: Int, bias: Bool)
    /// One function applied to every element.
    case activation(Activation)
    /// Softmax over the features of a flat sample.
    case softmax
    /// Zeroes elements with `probability` (0 ≤ p < 1) and scales the rest by 1/(1−p), in training only.
    case dropout(probability: Double)
    /// A two-dimensional convolution.
    case conv2d(Convolution)
    /// The greatest element of each window.
    case maxPool(Pooling)
    /// The mean of each window, padding counted as zeros.
    case averagePool(Pooling)
    /// The mean over all positions of each channel.
    case globalAveragePool
    /// Normalization of each feature or channel over the samples (and positions) of a shard.
    case batchNorm(momentum: Double, epsilon: Double)
    /// Normalization of each sample over all its elements.
    case layerNorm(epsilon: Double)
    /// Normalization of each sample over groups of channels.
    case groupNorm(groups: Int, epsilon: Double)
    /// `body(x) + projection(x)`; without a projection `body(x) + x`.
    case residual(body: [LayerDescription], projection: [LayerDescription])
  }

  /// What the layer does.
  public var kind: Kind
  /// The name given in the spec; when nil, kind and ordinal (`linear1`, `linear2`, `conv2d1`, …).
  public var name: String?

  /// Creates a layer.
  public init(_ kind: Kind, name: String? = nil) {
    self.kind = kind
    self.name = name
  }
}

extension LayerDescription {
  /// The geometry of a convolution; pairs are (vertical, horizontal).
  public struct Convolution: Hashable, Sendable {
    /// Output channels.
    public var channels: Int
    /// Height and width of the kernel.
    public var kernel: Window
    /// Distance between neighbouring positions of the kernel.
    public var stride: Window
    /// Zeros added on each side.
    public var padding: Window
    /// Distance between neighbouring taps.
    public var dilation: Window
    /// Groups that the channels are cut into; equal to the input channels for a depthwise convolution.
    public var groups: Int
    /// Whether a bias is added.
    public var bias: Bool

    /// Creates the geometry of a convolution.
    public init(
      channels: Int, kernel: Window, stride: Window = 1, padding: Window = 0,
      dilation: Window = 1, groups: Int = 1, bias: Bool = true
    ) {
      self.channels = channels
      self.kernel = kernel
      self.stride = stride
      self.padding = padding
      self.dilation = dilation
      self.groups = groups
      self.bias = bias
    }
  }

  /// The geometry of a pooling window.
  public struct Pooling: Hashable, Sendable {
    /// Height and width of the window.
    public var kernel: Window
    /// Distance between neighbouring windows.
    public var stride: Window
    /// Padding on each side, at most half the kernel.
    public var padding: Window

    /// Creates a pooling window; the stride is the kernel unless given.
    public init(kernel: Window, stride: Window? = nil, padding: Window = 0) {
      self.kernel = kernel
      self.stride = stride ?? kernel
      self.padding = padding
    }
  }
}
