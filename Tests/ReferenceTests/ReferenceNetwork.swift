import ReferenceInterpreter
import Training

/// A batch on its way through a network: which samples of the data, and at which step.
struct Pass {
  var samples: [UInt32]
  var step: Int
  var shards: Int
  var seed: UInt64
}

/// A layer of the reference, with its parameters in PyTorch's order.
final class ReferenceLayer {
  /// What a forward pass leaves behind.
  struct Record {
    var output: [Float]
    /// From dy to dx, and the gradients of the parameters.
    var pullback: (_ dy: [Float]) -> (dx: [Float], parameters: [[Float]])
    /// The buffers after the step.
    var buffers: [[Float]] = []
  }

  var parameters: [[Float]]
  var buffers: [[Float]]
  let layouts: [ReferenceLayout]
  let forward: (_ x: [Float], _ layer: ReferenceLayer, _ pass: Pass) -> Record

  init(
    _ parameters: [[Float]] = [], _ layouts: [ReferenceLayout] = [], buffers: [[Float]] = [],
    _ forward: @escaping ([Float], ReferenceLayer, Pass) -> Record
  ) {
    self.parameters = parameters
    self.layouts = layouts
    self.buffers = buffers
    self.forward = forward
  }
}

/// Two networks over one input whose outputs are added.
struct Joint {
  var body: ReferenceNetwork
  var projection: ReferenceNetwork
}

/// What a layer of a model is in the reference.
enum ReferencePart {
  case layer(ReferenceLayer)
  case joint(Joint)

  /// The layers, those of a residual's body before those of its projection.
  var layers: [ReferenceLayer] {
    switch self {
    case .layer(let layer): [layer]
    case .joint(let joint): joint.body.layers + joint.projection.layers
    }
  }
}

/// Layers of the reference one after another.
struct ReferenceNetwork {
  /// What a forward pass leaves behind: the output, the way back, and what to take over after the step.
  struct Record {
    var output: [Float]
    /// From dy to dx and the gradients of all parameters, in the order of `layers`.
    var pullback: (_ dy: [Float]) -> (dx: [Float], parameters: [[Float]])
    var commit: () -> Void
  }

  private var parts: [ReferencePart] = []
  /// The layers of all parts.
  var layers: [ReferenceLayer] { parts.flatMap(\.layers) }
  private(set) var output: [Int]

  /// Translates layers, with parameters taken from the front of `values`.
  ///
  /// - Throws: ``MissingReference`` for a kind that the reference has not.
  init(_ layers: [Layer], input: [Int], values: inout ArraySlice<[Float]>) throws {
    output = input
    for layer in layers {
      guard let kind = layer.kind as? any ReferencedLayer else {
        throw MissingReference(layer.kind)
      }
      var site = ReferenceSite(
        input: output, name: layer.name ?? layer.word + "1", values: values)
      let (part, shape) = try kind.makeReference(&site)
      values = site.values
      parts.append(part)
      output = shape
    }
  }

  func forward(_ x: [Float], _ pass: Pass) -> Record {
    var value = x
    var pullbacks: [(_ dy: [Float]) -> (dx: [Float], parameters: [[Float]])] = []
    var commits: [() -> Void] = []
    for part in parts {
      switch part {
      case .layer(let layer):
        let record = layer.forward(value, layer, pass)
        value = record.output
        pullbacks.append(record.pullback)
        if !record.buffers.isEmpty { commits.append { layer.buffers = record.buffers } }
      case .joint(let joint):
        let body = joint.body.forward(value, pass)
        let projection = joint.projection.forward(value, pass)
        value = added(body.output, projection.output)
        commits += [body.commit, projection.commit]
        pullbacks.append { dy in
          let (first, second) = (projection.pullback(dy), body.pullback(dy))
          return (added(first.dx, second.dx), second.parameters + first.parameters)
        }
      }
    }
    return Record(
      output: value,
      pullback: { dy in
        var gradient = dy
        var parameters: [[Float]] = []
        for pullback in pullbacks.reversed() {
          let step = pullback(gradient)
          gradient = step.dx
          parameters = step.parameters + parameters
        }
        return (gradient, parameters)
      }, commit: { for commit in commits { commit() } })
  }
}
