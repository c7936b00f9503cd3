import ReferenceInterpreter
import Settings
import Training

/// A kind of layer that the reference has as well; a kind without one fails `VocabularyTests`.
protocol ReferencedLayer: LayerKind {
  /// The layer of the reference, and the shape of what comes out of it.
  func makeReference(_ site: inout ReferenceSite) throws -> (part: ReferencePart, output: [Int])
}

/// Where a layer stands: the shape of its input, its name, and the parameters that no layer has taken yet.
struct ReferenceSite {
  let input: [Int]
  let name: String
  var values: ArraySlice<[Float]>

  var channels: Int { input[0] }
  var positions: Int { input.dropFirst().reduce(1, *) }

  /// Takes the next parameters.
  mutating func take(_ count: Int) -> [[Float]] {
    defer { values = values.dropFirst(count) }
    return Array(values.prefix(count))
  }
}

/// A kind that the product has and the reference has not.
struct MissingReference: Error, CustomStringConvertible {
  let description: String

  init(_ kind: some Described) {
    description = "the reference has no `\(type(of: kind).word)`"
  }
}

extension Flatten: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let layer = ReferenceLayer { x, _, _ in .init(output: x) { ($0, []) } }
    return (.layer(layer), [site.channels * site.positions])
  }
}

extension LinearLayer: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let (size, features, bias) = (site.channels * site.positions, features, bias)
    let layer = ReferenceLayer(
      site.take(bias ? 2 : 1),
      [.panels(outputs: features, channels: size, taps: 1, groups: 1), .vector]
    ) { x, layer, pass in
      var product = ReferenceLinear(samples: pass.samples.count, inputs: size, outputs: features)
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
    return (.layer(layer), [features])
  }
}

extension Softmax: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let columns = site.channels
    let layer = ReferenceLayer { x, _, _ in
      let y = softmax(x, columns: columns)
      return .init(output: y) { (softmaxGradient($0, y, columns: columns), []) }
    }
    return (.layer(layer), site.input)
  }
}

extension DropoutLayer: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) -> (part: ReferencePart, output: [Int]) {
    let (channels, positions, name) = (site.channels, site.positions, site.name)
    let probability = probability
    let layer = ReferenceLayer { x, _, pass in
      let dropout = ReferenceDropout(
        channels: channels, positions: positions, probability: probability,
        key: streamKey(seed: pass.seed, name: name), purpose: 4)
      func drop(_ x: [Float]) -> [Float] {
        dropout.forward(x, samples: pass.samples, step: UInt32(pass.step))
      }
      return .init(output: drop(x)) { (drop($0), []) }
    }
    return (.layer(layer), site.input)
  }
}

extension ResidualLayer: ReferencedLayer {
  func makeReference(_ site: inout ReferenceSite) throws -> (part: ReferencePart, output: [Int]) {
    let inner = try ReferenceNetwork(body, input: site.input, values: &site.values)
    let shortcut = try ReferenceNetwork(projection, input: site.input, values: &site.values)
    return (.joint(Joint(body: inner, projection: shortcut)), inner.output)
  }
}
