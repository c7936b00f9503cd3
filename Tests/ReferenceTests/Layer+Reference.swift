import Autograd
import ReferenceInterpreter
import Training

extension LayerDescription {
  /// The layer of the reference, with parameters taken from the front of `values`, and the shape of what comes out of it.
  func reference(
    input: [Int], values: inout ArraySlice<[Float]>
  ) -> (layers: [ReferenceLayer], output: [Int], join: Joint?) {
    let (channels, positions) = (input[0], input.dropFirst().reduce(1, *))
    func take(_ count: Int) -> [[Float]] {
      defer { values = values.dropFirst(count) }
      return Array(values.prefix(count))
    }
    switch kind {
    case .flatten:
      return ([], [channels * positions], nil)
    case .linear(let features, let bias):
      let size = channels * positions
      let layer = ReferenceLayer(
        take(bias ? 2 : 1),
        [.panels(outputs: features, channels: size, taps: 1, groups: 1), .vector]
      ) { x, layer, pass in
        var product = ReferenceLinear(
          samples: pass.samples.count, inputs: size, outputs: features)
        product.shards = pass.shards
        let (linear, w) = (product, layer.parameters[0])
        let y = linear.forward(x, weight: w, bias: bias ? layer.parameters[1] : nil)
        return .init(output: y) { dy in
          (
            linear.inputGradient(dy, weight: w),
            [linear.weightGradient(dy, input: x)] + (bias ? [linear.biasGradient(dy)] : [])
          )
        }
      }
      return ([layer], [features], nil)
    case .activation(let activation):
      let function = activation.reference
      let layer = ReferenceLayer { x, _, _ in
        let y = function.forward(x)
        return .init(output: y) { (function.pullback($0, input: x, output: y), []) }
      }
      return ([layer], input, nil)
    case .softmax:
      let layer = ReferenceLayer { x, _, _ in
        let y = softmax(x, columns: channels)
        return .init(output: y) { (softmaxGradient($0, y, columns: channels), []) }
      }
      return ([layer], input, nil)
    case .dropout(let probability):
      let name = self.name ?? "dropout1"
      let layer = ReferenceLayer { x, _, pass in
        let dropout = ReferenceDropout(
          channels: channels, positions: positions, probability: probability,
          key: streamKey(seed: pass.seed, name: name), purpose: 4)
        func drop(_ x: [Float]) -> [Float] {
          dropout.forward(x, samples: pass.samples, step: UInt32(pass.step))
        }
        return .init(output: drop(x)) { (drop($0), []) }
      }
      return ([layer], input, nil)
    case .conv2d(let window):
      return (
        [convolution(window, input, take(window.bias ? 2 : 1))], output(of: window, input), nil
      )
    case .maxPool(let window):
      let (vertical, horizontal) = window.axes(input)
      let layer = ReferenceLayer { x, _, pass in
        let pooling = ReferencePooling(
          planes: pass.samples.count * channels, vertical: vertical, horizontal: horizontal)
        let (y, places) = pooling.maximum(x)
        return .init(output: y) { (pooling.maximumGradient($0, places: places), []) }
      }
      return ([layer], [channels, vertical.outputs, horizontal.outputs], nil)
    case .averagePool(let window):
      let (vertical, horizontal) = window.axes(input)
      return (
        [average(channels, vertical, horizontal)],
        [channels, vertical.outputs, horizontal.outputs], nil
      )
    case .globalAveragePool:
      let vertical = WindowAxis(size: input[1], kernel: input[1])
      let horizontal = WindowAxis(size: input[2], kernel: input[2])
      return ([average(channels, vertical, horizontal)], [channels], nil)
    case .batchNorm(let momentum, let epsilon):
      let all = take(4)
      let layer = ReferenceLayer(
        Array(all[0..<2]), [.vector, .vector], buffers: Array(all[2..<4])
      ) { x, layer, pass in
        var normalization = ReferenceBatchNormalization(
          samples: pass.samples.count, channels: channels, positions: positions)
        (normalization.shards, normalization.momentum) = (pass.shards, momentum)
        normalization.epsilon = epsilon
        let batch = normalization
        let (mean, variance) = (layer.buffers[0], layer.buffers[1])
        let (y, moments) = batch.forward(
          x, weight: layer.parameters[0], bias: layer.parameters[1], runningMean: mean,
          runningVariance: variance)
        let updated = batch.updated(mean: mean, variance: variance, moments: moments)
        return .init(
          output: y,
          pullback: { dy in
            let gradients = batch.pullback(dy, input: x, output: y, moments: moments)
            return (gradients.x, [gradients.weight, gradients.bias])
          }, buffers: [updated.mean, updated.variance])
      }
      return ([layer], input, nil)
    case .layerNorm(let epsilon):
      let layout: ReferenceLayout =
        input.count == 3 ? .interleaved(channels: channels, positions: positions) : .vector
      let layer = ReferenceLayer(take(2), [layout, layout]) { x, layer, pass in
        var normalization = ReferenceLayerNormalization(
          samples: pass.samples.count, channels: channels, positions: positions)
        (normalization.shards, normalization.epsilon) = (pass.shards, epsilon)
        let (samples, w) = (normalization, layer.parameters[0])
        let y = samples.forward(x, weight: w, bias: layer.parameters[1])
        return .init(output: y) { dy in
          let gradients = samples.pullback(dy, input: x, weight: w)
          return (gradients.x, [gradients.weight, gradients.bias])
        }
      }
      return ([layer], input, nil)
    case .groupNorm(let groups, let epsilon):
      let layer = ReferenceLayer(take(2), [.vector, .vector]) { x, layer, pass in
        var normalization = ReferenceGroupNormalization(
          samples: pass.samples.count, channels: channels, positions: positions, groups: groups)
        (normalization.shards, normalization.epsilon) = (pass.shards, epsilon)
        let (group, w) = (normalization, layer.parameters[0])
        let y = group.forward(x, weight: w, bias: layer.parameters[1])
        return .init(output: y) { dy in
          let gradients = group.pullback(dy, input: x, weight: w)
          return (gradients.x, [gradients.weight, gradients.bias])
        }
      }
      return ([layer], input, nil)
    case .residual(let body, let projection):
      let inner = ReferenceNetwork(body, input: input, values: &values)
      let shortcut = ReferenceNetwork(projection, input: input, values: &values)
      return (
        inner.layers + shortcut.layers, inner.output, Joint(body: inner, projection: shortcut)
      )
    }
  }

  private func average(
    _ channels: Int, _ vertical: WindowAxis, _ horizontal: WindowAxis
  ) -> ReferenceLayer {
    ReferenceLayer { x, _, pass in
      let pooling = ReferencePooling(
        planes: pass.samples.count * channels, vertical: vertical, horizontal: horizontal)
      return .init(output: pooling.average(x)) { (pooling.averageGradient($0), []) }
    }
  }

  private func axes(_ window: Convolution, _ input: [Int]) -> (WindowAxis, WindowAxis) {
    (
      WindowAxis(
        size: input[1], kernel: window.kernel.height, stride: window.stride.height,
        padding: window.padding.height, dilation: window.dilation.height),
      WindowAxis(
        size: input[2], kernel: window.kernel.width, stride: window.stride.width,
        padding: window.padding.width, dilation: window.dilation.width)
    )
  }

  private func output(of window: Convolution, _ input: [Int]) -> [Int] {
    let (vertical, horizontal) = axes(window, input)
    return [window.channels, vertical.outputs, horizontal.outputs]
  }

  private func convolution(
    _ window: Convolution, _ input: [Int], _ parameters: [[Float]]
  ) -> ReferenceLayer {
    let (vertical, horizontal) = axes(window, input)
    let layout = ReferenceLayout.panels(
      outputs: window.channels, channels: input[0] / window.groups,
      taps: vertical.kernel * horizontal.kernel, groups: window.groups)
    return ReferenceLayer(parameters, [layout, .vector]) { x, layer, pass in
      var product = ReferenceConvolution(
        images: pass.samples.count, channels: input[0], outputs: window.channels,
        groups: window.groups, vertical: vertical, horizontal: horizontal)
      product.shards = pass.shards
      let (convolution, w) = (product, layer.parameters[0])
      let y = convolution.forward(x, weight: w, bias: window.bias ? layer.parameters[1] : nil)
      return .init(output: y) { dy in
        (
          convolution.inputGradient(dy, weight: w),
          [convolution.weightGradient(dy, input: x)]
            + (window.bias ? [convolution.biasGradient(dy)] : [])
        )
      }
    }
  }
}

extension LayerDescription.Pooling {
  fileprivate func axes(_ input: [Int]) -> (WindowAxis, WindowAxis) {
    (
      WindowAxis(
        size: input[1], kernel: kernel.height, stride: stride.height, padding: padding.height),
      WindowAxis(
        size: input[2], kernel: kernel.width, stride: stride.width, padding: padding.width)
    )
  }
}
