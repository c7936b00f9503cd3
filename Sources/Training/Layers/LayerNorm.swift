public import Autograd
public import Settings

/// A layer normalization of a model, to be made when its inputs are known.
public struct LayerNormLayer: LayerKind {
  public static let word = "layer_norm"
  public static let summary = "Normalizes each sample."
  public static let settings: [Setting<Self>] = [.epsilon(\.epsilon)]

  /// Added to the variance.
  public var epsilon = 1e-5

  /// Creates a layer.
  public init() {}

  public func shape(of input: Shape, branches: [Shape]) -> Shape { input }

  public func parameters(of input: Shape) -> [LayerParameter] {
    [LayerParameter("weight", input), LayerParameter("bias", input)]
  }

  public func makeModule(_ site: LayerSite) -> any Module {
    LayerNorm(site.input, epsilon: epsilon, name: site.name)
  }
}

/// Normalization of each sample over all its elements.
public struct LayerNorm: Module {
  private let weight: Parameter
  private let bias: Parameter
  private let epsilon: Double

  /// Creates a layer with weight 1 and bias 0 for samples of the given shape.
  public init(_ sample: Shape, epsilon: Double = 1e-5, name: String) {
    let layout: ParameterLayout =
      sample.rank == 3
      ? .interleaved(channels: sample[0], positions: sample[1] * sample[2]) : .vector
    weight = Parameter(name: name + ".weight", shape: sample, layout: layout)
    bias = Parameter(name: name + ".bias", shape: sample, layout: layout)
    weight.values = Array(repeating: 1, count: sample.count)
    self.epsilon = epsilon
  }

  /// Weight, bias.
  public var parameters: [Parameter] { [weight, bias] }

  /// Applies the layer to samples of its shape.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    layerNormalization(x, weight: weight, bias: bias, epsilon: epsilon)
  }
}
