public import Autograd
public import Settings

/// A kind of layer: its settings, the shapes that it makes, and its module.
///
/// The examples of a kind take samples of 8×9×8, or flat ones.
public protocol LayerKind: Described, Hashable {
  /// The lists of layers inside this one; each takes what comes into this layer.
  var branches: [LayerBranch] { get }

  /// Whether training measures each channel over the samples and positions of a shard, which takes more than one value.
  var measuresBatch: Bool { get }

  /// Computes the shape that comes out.
  ///
  /// - Parameters:
  ///   - input: The shape of one sample.
  ///   - branches: The shapes that come out of the branches.
  /// - Returns: The shape of one sample.
  /// - Throws: What does not fit.
  func shape(of input: Shape, branches: [Shape]) throws(ModelError.Code) -> Shape

  /// The parameters and buffers in the order in which they are saved, without those of the branches.
  func parameters(of input: Shape) -> [LayerParameter]

  /// The module for samples of a shape that was accepted.
  func makeModule(_ site: LayerSite) -> any Module
}

extension LayerKind {
  public var branches: [LayerBranch] { [] }
  public var measuresBatch: Bool { false }
  public func parameters(of input: Shape) -> [LayerParameter] { [] }
}

extension LayerKind where Self: Module {
  /// The kind itself: it has no parameters.
  public func makeModule(_ site: LayerSite) -> any Module { self }
}

/// A list of layers inside a layer.
public struct LayerBranch: Hashable, Sendable {
  /// What stands between the layer's name and those of the layers inside: `projection.`.
  public let prefix: String
  /// The layers; none passes the input on.
  public let layers: [Layer]

  /// Creates a branch.
  public init(_ layers: [Layer], prefix: String = "") {
    self.layers = layers
    self.prefix = prefix
  }
}

/// A parameter or buffer that a layer of some kind has.
public struct LayerParameter: Hashable, Sendable {
  /// What follows the layer's name: `weight`.
  public let name: String
  /// The shape as PyTorch has it.
  public let shape: Shape
  /// Whether the optimizer changes it; false for running statistics.
  public let isTrainable: Bool

  /// Creates the description of a parameter.
  public init(_ name: String, _ shape: Shape, isTrainable: Bool = true) {
    self.name = name
    self.shape = shape
    self.isTrainable = isTrainable
  }
}

/// Where a module is made: what it is called, and what comes into it.
public struct LayerSite {
  /// The name under which parameters are saved and drawn.
  public let name: String
  /// The shape of one sample.
  public let input: Shape
  /// The seed of the run.
  public let seed: UInt64
  /// The modules of the layer's branches.
  public let branches: [Sequential]
}

/// A kind of layer that applies one function to every element.
public protocol ActivationKind: LayerKind, Module {
  /// The function.
  var function: Activation { get }
}

extension ActivationKind {
  public func shape(of input: Shape, branches: [Shape]) -> Shape { input }

  /// Applies the function to every element.
  public func callAsFunction(_ x: Tensor) -> Tensor { activate(x, function) }
}
