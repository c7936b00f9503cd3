public import Autograd
public import Settings

/// A residual block of a model, to be made when its inputs are known.
public struct ResidualLayer: LayerKind {
  public static let word = "residual"
  public static let summary = "Adds the input, or its projection, to the output of the body."
  public static let settings = [
    Setting<Self>(
      "body", \.body, .list(Layer.setting, atLeast: 1), isRequired: true,
      "The layers of the branch."),
    Setting(
      "projection", \.projection, .list(Layer.setting),
      "The layers of the shortcut, where the shape changes."),
  ]
  public static let shorthand: String? = "body"
  public static let examples = [
    Self(
      body: [Conv2dLayer(channels: 8, kernel: 3, stride: 2, padding: 1)],
      projection: [Conv2dLayer(channels: 8, kernel: 1, stride: 2)])
  ]

  /// The layers of the branch.
  public var body: [Layer] = [Layer(ReLU())]
  /// The layers of the shortcut; none passes the input on.
  public var projection: [Layer] = []

  /// Creates a block around a relu.
  public init() {}

  /// Creates a block of layers without names.
  public init(body: [any LayerKind], projection: [any LayerKind] = []) {
    self.init(body: body.map { Layer($0) }, projection: projection.map { Layer($0) })
  }

  /// Creates a block.
  public init(body: [Layer], projection: [Layer] = []) {
    self.body = body
    self.projection = projection
  }

  public var branches: [LayerBranch] {
    [LayerBranch(body), LayerBranch(projection, prefix: "projection.")]
  }

  public func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape {
    guard branches[0] == branches[1] else {
      throw .residualShapes(body: branches[0], shortcut: branches[1])
    }
    return branches[0]
  }

  public func makeModule(_ site: LayerSite) -> any Module {
    Residual(body: site.branches[0], projection: site.branches[1])
  }
}

/// `body(x) + projection(x)`, or `body(x) + x`.
public struct Residual: Module {
  private let body: Sequential
  private let projection: Sequential

  /// Creates a block; an empty projection passes its input on.
  public init(body: Sequential, projection: Sequential = Sequential()) {
    self.body = body
    self.projection = projection
  }

  /// Those of the body, then those of the projection.
  public var parameters: [Parameter] { body.parameters + projection.parameters }

  /// Applies the block.
  public func callAsFunction(_ x: Tensor) -> Tensor { sum(x, relu: false) }

  /// The sum, which applies the body's last batch normalization on its way.
  private func sum(_ x: Tensor, relu: Bool) -> Tensor {
    switch body.withoutLastNormalization(x) {
    case .tensor(let a): relu ? addRelu(a, projection(x)) : a + projection(x)
    case .normalized(let a): add(a, projection(x), relu: relu)
    }
  }
}

extension Residual: ReLUFusing {
  func followedByReLU(_ x: Tensor) -> Tensor { sum(x, relu: true) }
}
