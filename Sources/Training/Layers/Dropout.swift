public import Autograd
public import Settings

/// A dropout layer of a model, to be made when its name is known.
public struct DropoutLayer: LayerKind {
  public static let word = "dropout"
  public static let summary = "Sets values to zero at random while training."
  public static let settings = [
    Setting<Self>(
      "probability", \.probability, .number(.halfOpen(0, 1)),
      "The probability of dropping a value.")
  ]
  public static let shorthand: String? = "probability"
  public static let examples = [Self(probability: 0.3)]

  /// The probability of dropping a value, 0 ≤ p < 1.
  public var probability = 0.5

  /// Creates a layer that drops half of the values.
  public init() {}

  /// Creates a layer.
  public init(probability: Double) { self.probability = probability }

  public func shape(of input: Shape, branches: [Shape]) -> Shape { input }

  public func makeModule(_ site: LayerSite) -> any Module {
    Dropout(probability, name: site.name, seed: site.seed)
  }
}

/// Zeroes elements with a probability and scales the rest, while the tape trains.
public struct Dropout: Module {
  private let probability: Double
  private let stream: DropoutStream

  /// Creates a layer whose masks are drawn by (seed, name, step, sample).
  ///
  /// - Precondition: 0 ≤ `probability` < 1.
  public init(_ probability: Double, name: String, seed: UInt64) {
    precondition(probability >= 0 && probability < 1, "dropout with probability \(probability)")
    self.probability = probability
    stream = DropoutStream(seed: seed, layer: name)
  }

  /// Drops elements.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    dropout(x, probability: probability, stream: stream)
  }
}
