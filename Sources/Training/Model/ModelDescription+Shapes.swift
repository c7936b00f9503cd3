internal import Autograd

extension [LayerDescription] {
  /// Appends a row per layer to `rows` and returns the shape that comes out.
  func inferShapes(
    input: Shape, prefix: String, path: [Int], rows: inout [LayerSummary]
  ) throws(ModelError) -> Shape {
    guard !isEmpty || !path.isEmpty else {
      throw ModelError(.empty, path: path, layer: "model", input: input)
    }
    let names = resolvedNames(prefix: prefix)
    var shape = input
    for index in indices {
      shape = try self[index].inferShape(
        input: shape, name: names[index], path: path + [index], rows: &rows)
    }
    return shape
  }
}

extension LayerDescription {
  /// Appends this layer's row (after those of the layers inside it) and returns its output's shape.
  fileprivate func inferShape(
    input: Shape, name: String, path: [Int], rows: inout [LayerSummary]
  ) throws(ModelError) -> Shape {
    func failure(_ code: ModelError.Code, output: Shape? = nil) -> ModelError {
      ModelError(code, path: path, layer: name, input: input, output: output)
    }
    func require(_ condition: Bool, _ field: String) throws(ModelError) {
      guard condition else { throw failure(.invalid(field: field)) }
    }
    var parameters: [ParameterSummary] = []
    func add(_ suffix: String, _ shape: Shape, trainable: Bool = true) {
      parameters.append(
        ParameterSummary(name: "\(name).\(suffix)", shape: shape, isTrainable: trainable))
    }
    let output: Shape
    switch kind {
    case .flatten:
      output = [input.count]
    case .activation, .softmax:
      if case .softmax = kind, input.rank != 1 { throw failure(.rank(expected: 1)) }
      output = input
    case .dropout(let probability):
      try require(probability >= 0 && probability < 1, "probability")
      output = input
    case .linear(let features, let bias):
      try require(features > 0, "number of features")
      guard input.rank == 1 else { throw failure(.rank(expected: 1)) }
      add("weight", [features, input[0]])
      if bias { add("bias", [features]) }
      output = [features]
    case .conv2d(let geometry):
      guard input.rank == 3 else { throw failure(.rank(expected: 3)) }
      try require(geometry.channels > 0, "number of channels")
      try require(geometry.groups > 0, "number of groups")
      try require(Swift.min(geometry.kernel.height, geometry.kernel.width) > 0, "kernel")
      try require(Swift.min(geometry.stride.height, geometry.stride.width) > 0, "stride")
      try require(Swift.min(geometry.padding.height, geometry.padding.width) >= 0, "padding")
      try require(Swift.min(geometry.dilation.height, geometry.dilation.width) > 0, "dilation")
      guard input[0] % geometry.groups == 0, geometry.channels % geometry.groups == 0 else {
        throw failure(.groups(geometry.groups))
      }
      let height = Self.positions(
        input[1], geometry.kernel.height, geometry.stride.height, geometry.padding.height,
        geometry.dilation.height)
      let width = Self.positions(
        input[2], geometry.kernel.width, geometry.stride.width, geometry.padding.width,
        geometry.dilation.width)
      guard height > 0, width > 0 else { throw failure(.windowTooLarge) }
      add(
        "weight",
        [
          geometry.channels, input[0] / geometry.groups, geometry.kernel.height,
          geometry.kernel.width,
        ])
      if geometry.bias { add("bias", [geometry.channels]) }
      output = [geometry.channels, height, width]
    case .maxPool(let geometry), .averagePool(let geometry):
      guard input.rank == 3 else { throw failure(.rank(expected: 3)) }
      try require(Swift.min(geometry.kernel.height, geometry.kernel.width) > 0, "kernel")
      try require(Swift.min(geometry.stride.height, geometry.stride.width) > 0, "stride")
      try require(
        geometry.padding.height >= 0 && geometry.padding.height * 2 <= geometry.kernel.height
          && geometry.padding.width >= 0 && geometry.padding.width * 2 <= geometry.kernel.width,
        "padding")
      let height = Self.positions(
        input[1], geometry.kernel.height, geometry.stride.height, geometry.padding.height, 1)
      let width = Self.positions(
        input[2], geometry.kernel.width, geometry.stride.width, geometry.padding.width, 1)
      guard height > 0, width > 0 else { throw failure(.windowTooLarge) }
      output = [input[0], height, width]
    case .globalAveragePool:
      guard input.rank == 3 else { throw failure(.rank(expected: 3)) }
      output = [input[0]]
    case .batchNorm(let momentum, let epsilon):
      guard input.rank == 1 || input.rank == 3 else { throw failure(.rank(expected: 3)) }
      try require(momentum >= 0 && momentum <= 1, "momentum")
      try require(epsilon > 0, "epsilon")
      for suffix in ["weight", "bias"] { add(suffix, [input[0]]) }
      for suffix in ["running_mean", "running_var"] { add(suffix, [input[0]], trainable: false) }
      output = input
    case .layerNorm(let epsilon):
      try require(epsilon > 0, "epsilon")
      for suffix in ["weight", "bias"] { add(suffix, input) }
      output = input
    case .groupNorm(let groups, let epsilon):
      guard input.rank == 1 || input.rank == 3 else { throw failure(.rank(expected: 3)) }
      try require(epsilon > 0, "epsilon")
      try require(groups > 0, "number of groups")
      guard input[0] % groups == 0 else { throw failure(.groups(groups)) }
      for suffix in ["weight", "bias"] { add(suffix, [input[0]]) }
      output = input
    case .residual(let body, let projection):
      let end = try body.inferShapes(input: input, prefix: name + ".", path: path, rows: &rows)
      let shortcut = try projection.inferShapes(
        input: input, prefix: name + ".projection.", path: path + [body.count], rows: &rows)
      guard end == shortcut else {
        throw failure(.residualShapes(body: end, shortcut: shortcut), output: end)
      }
      output = end
    }
    rows.append(
      LayerSummary(
        path: path, name: name, layer: self, input: input, output: output, parameters: parameters))
    return output
  }

  /// The positions of a window along one axis; zero or less when it does not fit.
  private static func positions(
    _ extent: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int
  ) -> Int {
    let span = dilation * (kernel - 1) + 1
    let room = extent + 2 * padding - span
    return room < 0 ? 0 : room / stride + 1
  }
}
