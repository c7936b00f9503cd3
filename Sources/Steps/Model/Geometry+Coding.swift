internal import Autograd
internal import ContentAddressing
internal import Training

extension LayerDescription.Convolution {
  var members: [String: CanonicalValue] {
    [
      "channels": .integer(channels), "kernel": kernel.value, "stride": stride.value,
      "padding": padding.value, "dilation": dilation.value, "groups": .integer(groups),
      "bias": .boolean(bias),
    ]
  }

  /// Reads a geometry, or returns `nil` for anything else.
  init?(_ value: CanonicalValue) {
    guard let channels = value["channels"]?.integer, let kernel = Window(value["kernel"]),
      let stride = Window(value["stride"]), let padding = Window(value["padding"]),
      let dilation = Window(value["dilation"]), let groups = value["groups"]?.integer,
      let bias = value["bias"]?.boolean
    else { return nil }
    self.init(
      channels: channels, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
      groups: groups, bias: bias)
  }
}

extension LayerDescription.Pooling {
  var members: [String: CanonicalValue] {
    ["kernel": kernel.value, "stride": stride.value, "padding": padding.value]
  }

  /// Reads a geometry, or returns `nil` for anything else.
  init?(_ value: CanonicalValue) {
    guard let kernel = Window(value["kernel"]), let stride = Window(value["stride"]),
      let padding = Window(value["padding"])
    else { return nil }
    self.init(kernel: kernel, stride: stride, padding: padding)
  }
}

extension Window {
  fileprivate var value: CanonicalValue { [.integer(height), .integer(width)] }

  fileprivate init?(_ value: CanonicalValue?) {
    guard let pair = value?.array?.compactMap(\.integer), pair.count == 2 else { return nil }
    self.init(height: pair[0], width: pair[1])
  }
}

extension LossDescription {
  var value: CanonicalValue {
    switch self {
    case .crossEntropy(let smoothing): ["cross_entropy": ["label_smoothing": .double(smoothing)]]
    case .meanSquaredError: ["mean_squared_error": [:]]
    }
  }

  /// Reads a loss, or returns `nil` for anything else.
  init?(_ value: CanonicalValue) {
    if value["mean_squared_error"] != nil {
      self = .meanSquaredError
    } else if let smoothing = value["cross_entropy"]?["label_smoothing"]?.double {
      self = .crossEntropy(labelSmoothing: smoothing)
    } else {
      return nil
    }
  }
}
