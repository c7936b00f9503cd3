import ReferenceInterpreter
import Settings
import Training

/// An activation that the reference has as well.
protocol ReferencedActivation: ActivationKind, ReferencedLayer {
  /// The same in the reference.
  var reference: ReferenceActivation { get }

  /// One with settings of its own.
  static func draw(_ random: inout SplitMix) -> Self
}

extension ReferencedActivation {
  static func draw(_ random: inout SplitMix) -> Self {
    examples[random.integer(0...examples.count - 1)]
  }

  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let function = reference
    let layer = ReferenceLayer { x, _, _ in
      let y = function.forward(x)
      return .init(output: y) { (function.pullback($0, input: x, output: y), []) }
    }
    return (.layer(layer), site.input)
  }
}

extension Layer {
  /// The activations of the vocabulary that the reference has.
  static var activations: [any ReferencedActivation.Type] {
    layers.kinds.compactMap { $0 as? any ReferencedActivation.Type }
  }
}

extension ReLU: ReferencedActivation {
  var reference: ReferenceActivation { .relu }
}

extension LeakyReLU: ReferencedActivation {
  var reference: ReferenceActivation { .leakyReLU(slope: Float(slope)) }

  static func draw(_ random: inout SplitMix) -> Self {
    Self(slope: Double(random.integer(1...9)) / 16)
  }
}

extension Tanh: ReferencedActivation {
  var reference: ReferenceActivation { .tanh }
}

extension Sigmoid: ReferencedActivation {
  var reference: ReferenceActivation { .sigmoid }
}

extension GELU: ReferencedActivation {
  var reference: ReferenceActivation {
    switch approximate {
    case .none: .gelu
    case .tanh: .geluByTanh
    }
  }
}

extension SiLU: ReferencedActivation {
  var reference: ReferenceActivation { .silu }
}

extension ELU: ReferencedActivation {
  var reference: ReferenceActivation { .elu(alpha: Double(Float(alpha))) }

  static func draw(_ random: inout SplitMix) -> Self {
    Self(alpha: Double(random.integer(1...40)) / 10)
  }
}

extension SELU: ReferencedActivation {
  /// With the constants of Klambauer and others (2017).
  var reference: ReferenceActivation {
    .elu(alpha: 1.6732632423543772, scale: 1.0507009873554805)
  }
}

extension Softplus: ReferencedActivation {
  var reference: ReferenceActivation { .softplus }
}

extension Mish: ReferencedActivation {
  var reference: ReferenceActivation { .mish }
}
