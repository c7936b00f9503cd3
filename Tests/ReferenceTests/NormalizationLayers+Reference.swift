import ReferenceInterpreter
import Training

extension BatchNormLayer: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let (channels, positions) = (site.channels, site.positions)
    let (momentum, epsilon) = (momentum, epsilon)
    let all = site.take(4)
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
    return (.layer(layer), site.input)
  }
}

extension LayerNormLayer: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let (channels, positions, epsilon) = (site.channels, site.positions, epsilon)
    let layout: ReferenceLayout =
      site.input.count == 3 ? .interleaved(channels: channels, positions: positions) : .vector
    let layer = ReferenceLayer(site.take(2), [layout, layout]) { x, layer, pass in
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
    return (.layer(layer), site.input)
  }
}

extension GroupNormLayer: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let (channels, positions) = (site.channels, site.positions)
    let (groups, epsilon) = (groups, epsilon)
    let layer = ReferenceLayer(site.take(2), [.vector, .vector]) { x, layer, pass in
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
    return (.layer(layer), site.input)
  }
}
