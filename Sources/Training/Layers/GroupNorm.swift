public import Autograd
public import Settings

/// A group normalization of a model, to be made when its inputs are known.
public struct GroupNormLayer: LayerKind {
  public static let word = "group_norm"
  public static let summary = "Normalizes each sample over groups of channels."
  public static let settings = [
    Setting<Self>(
      "groups", \.groups, .integer(1...65_536), isRequired: true,
      "The number of groups of channels."),
    .epsilon(\.epsilon),
  ]
  public static let shorthand: String? = "groups"
  public static let examples = [Self(groups: 4)]

  /// The number of groups of channels.
  public var groups = 1
  /// Added to the variance.
  public var epsilon = 1e-5

  /// Creates a layer with one group.
  public init() {}

  /// Creates a layer.
  public init(groups: Int) { self.groups = groups }

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    if input.rank != 1 { try input.require(rank: 3) }
    guard input[0] % groups == 0 else { throw .groups(groups) }
    return input
  }

  public func parameters(of input: Shape) -> [LayerParameter] {
    [LayerParameter("weight", [input[0]]), LayerParameter("bias", [input[0]])]
  }

  public func makeModule(_ site: LayerSite) -> any Module {
    GroupNorm(site.input[0], groups: groups, epsilon: epsilon, name: site.name)
  }
}

/// Normalization of each sample over groups of channels.
public struct GroupNorm: Module {
  private let weight: Parameter
  private let bias: Parameter
  private let groups: Int
  private let epsilon: Double

  /// Creates a layer with weight 1 and bias 0.
  public init(_ channels: Int, groups: Int, epsilon: Double = 1e-5, name: String) {
    weight = Parameter(name: name + ".weight", shape: [channels])
    bias = Parameter(name: name + ".bias", shape: [channels])
    weight.values = Array(repeating: 1, count: channels)
    self.groups = groups
    self.epsilon = epsilon
  }

  /// Weight, bias.
  public var parameters: [Parameter] { [weight, bias] }

  /// Applies the layer to `[N, C]` or `[N, C, H, W]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    groupNormalization(x, weight: weight, bias: bias, groups: groups, epsilon: epsilon)
  }
}
