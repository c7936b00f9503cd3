internal import Autograd
internal import ContentAddressing
internal import Training

extension LayerDescription {
  /// The layer as a value that is written into a model's metadata: `{"linear":{"bias":true,…}}`.
  var value: CanonicalValue {
    let (word, settings) = encodedKind
    var members = settings
    if let name { members["name"] = .string(name) }
    return .object([word: .object(members)])
  }

  private var encodedKind: (String, [String: CanonicalValue]) {
    switch kind {
    case .flatten: ("flatten", [:])
    case .linear(let features, let bias):
      ("linear", ["features": .integer(features), "bias": .boolean(bias)])
    case .activation(let activation): activation.encoded
    case .softmax: ("softmax", [:])
    case .dropout(let probability): ("dropout", ["probability": .double(probability)])
    case .conv2d(let convolution): ("conv2d", convolution.members)
    case .maxPool(let pooling): ("max_pool", pooling.members)
    case .averagePool(let pooling): ("average_pool", pooling.members)
    case .globalAveragePool: ("global_average_pool", [:])
    case .batchNorm(let momentum, let epsilon):
      ("batch_norm", ["momentum": .double(momentum), "epsilon": .double(epsilon)])
    case .layerNorm(let epsilon): ("layer_norm", ["epsilon": .double(epsilon)])
    case .groupNorm(let groups, let epsilon):
      ("group_norm", ["groups": .integer(groups), "epsilon": .double(epsilon)])
    case .residual(let body, let projection):
      (
        "residual",
        ["body": .array(body.map(\.value)), "projection": .array(projection.map(\.value))]
      )
    }
  }

  /// Reads a layer, or returns `nil` for anything else.
  init?(_ value: CanonicalValue) {
    guard let members = value.object, members.count == 1, let (word, settings) = members.first,
      let kind = Self.kind(word, settings)
    else { return nil }
    self.init(kind, name: settings["name"]?.string)
  }

  private static func kind(_ word: String, _ settings: CanonicalValue) -> Kind? {
    switch word {
    case "flatten": return .flatten
    case "linear":
      guard let features = settings["features"]?.integer, let bias = settings["bias"]?.boolean
      else { return nil }
      return .linear(features: features, bias: bias)
    case "softmax": return .softmax
    case "dropout": return settings["probability"]?.double.map { .dropout(probability: $0) }
    case "conv2d": return Convolution(settings).map { .conv2d($0) }
    case "max_pool": return Pooling(settings).map { .maxPool($0) }
    case "average_pool": return Pooling(settings).map { .averagePool($0) }
    case "global_average_pool": return .globalAveragePool
    case "batch_norm":
      guard let momentum = settings["momentum"]?.double, let epsilon = settings["epsilon"]?.double
      else { return nil }
      return .batchNorm(momentum: momentum, epsilon: epsilon)
    case "layer_norm": return settings["epsilon"]?.double.map { .layerNorm(epsilon: $0) }
    case "group_norm":
      guard let groups = settings["groups"]?.integer, let epsilon = settings["epsilon"]?.double
      else { return nil }
      return .groupNorm(groups: groups, epsilon: epsilon)
    case "residual":
      guard let body = settings["body"]?.array?.map({ LayerDescription($0) }),
        let projection = settings["projection"]?.array?.map({ LayerDescription($0) }),
        !(body + projection).contains(where: { $0 == nil })
      else { return nil }
      return .residual(body: body.compactMap { $0 }, projection: projection.compactMap { $0 })
    default: return Activation(word, settings).map { .activation($0) }
    }
  }
}

extension Activation {
  fileprivate var encoded: (String, [String: CanonicalValue]) {
    switch self {
    case .relu: ("relu", [:])
    case .leakyReLU(let slope): ("leaky_relu", ["slope": .double(Double(slope))])
    case .tanh: ("tanh", [:])
    case .sigmoid: ("sigmoid", [:])
    case .gelu: ("gelu", [:])
    case .silu: ("silu", [:])
    case .elu(let alpha): ("elu", ["alpha": .double(Double(alpha))])
    case .softplus: ("softplus", [:])
    }
  }

  fileprivate init?(_ word: String, _ settings: CanonicalValue) {
    switch word {
    case "relu": self = .relu
    case "tanh": self = .tanh
    case "sigmoid": self = .sigmoid
    case "gelu": self = .gelu
    case "silu": self = .silu
    case "softplus": self = .softplus
    case "leaky_relu":
      guard let slope = settings["slope"]?.double else { return nil }
      self = .leakyReLU(slope: Float(slope))
    case "elu":
      guard let alpha = settings["alpha"]?.double else { return nil }
      self = .elu(alpha: Float(alpha))
    default: return nil
    }
  }
}
