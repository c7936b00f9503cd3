import Autograd
import ReferenceInterpreter
import Testing

extension ReferenceConvolution: CustomStringConvertible {
  /// A geometry with at most so many products in its forward pass.
  init(_ random: inout SplitMix, work: Int) {
    self = Self.draw(&random)
    while forwardWork > work || outputCount == 0 { self = Self.draw(&random) }
  }

  private var forwardWork: Int { outputCount * weightCount / outputs }

  private static func draw(_ random: inout SplitMix) -> Self {
    if random.once(in: 32) { return manyPositions(&random) }
    let groups = random.choice([1, 1, 1, 1, 2, 3, 4, 7])
    let (ins, outs) = (
      random.choice([1, 1, 2, 3, 4, 5, 8, 12, 13, 16, 17, 32, 33, 40]),
      random.choice([1, 2, 3, 4, 6, 8, 15, 16, 17, 31, 32, 33, 65])
    )
    let isDepthwise = groups > 1 && random.once(in: 2)
    let vertical = WindowAxis(&random)
    // The usual windows are square; the others find what the square ones hide.
    var horizontal = random.once(in: 3) ? vertical : WindowAxis(&random)
    horizontal.size = max(1, horizontal.size + random.integer(0...3))
    return Self(
      images: random.choice([1, 1, 2, 3, 5]), channels: isDepthwise ? groups : groups * ins,
      outputs: isDepthwise ? groups * random.integer(1...2) : groups * outs, groups: groups,
      vertical: vertical, horizontal: horizontal)
  }

  /// A batch whose gradients of parameters take several blocks.
  private static func manyPositions(_ random: inout SplitMix) -> Self {
    var result = Self(
      images: random.integer(2...7), channels: random.integer(1...2),
      outputs: random.integer(1...2), groups: 1, vertical: WindowAxis(&random),
      horizontal: WindowAxis(&random))
    result.vertical = WindowAxis(size: random.integer(30...70), kernel: random.integer(1...2))
    result.horizontal = WindowAxis(
      size: random.integer(30...70), kernel: 1, padding: random.integer(0...1))
    return result
  }

  public var description: String {
    "\(images)×\(channels)×\(vertical.size)×\(horizontal.size) to \(outputs) in \(groups) groups, "
      + "kernel \(vertical.kernel)×\(horizontal.kernel), stride \(vertical.stride)×"
      + "\(horizontal.stride), padding \(vertical.padding)×\(horizontal.padding), dilation "
      + "\(vertical.dilation)×\(horizontal.dilation), \(shards) shards, relu \(relu)"
  }

  /// The same for the product.
  var geometry: ConvolutionGeometry {
    ConvolutionGeometry(
      input: [channels, vertical.size, horizontal.size], outputs: outputs,
      kernel: Window(height: vertical.kernel, width: horizontal.kernel),
      stride: Window(height: vertical.stride, width: horizontal.stride),
      padding: Window(height: vertical.padding, width: horizontal.padding),
      dilation: Window(height: vertical.dilation, width: horizontal.dilation), groups: groups)
  }

  var inputShape: Shape { [images, channels, vertical.size, horizontal.size] }
}

extension WindowAxis {
  /// An axis with at least one output.
  init(_ random: inout SplitMix) {
    let kernel = random.choice([1, 2, 3, 3, 3, 4, 5, 6])
    let stride = random.choice([1, 1, 1, 2, 2, 3, 4])
    let dilation = random.choice([1, 1, 1, 2, 3, 4])
    let padding = random.choice([0, 0, 1, 1, 2, 3, 4])
    let least = max(1, (kernel - 1) * dilation + 1 - 2 * padding)
    self.init(
      size: least + random.integer(0...9), kernel: kernel, stride: stride, padding: padding,
      dilation: dilation)
  }
}

@Suite("A convolution")
struct ConvolutionTests {
  @Test("has the bits of the plain loops: value and every gradient")
  func bits() throws {
    let product = try Product()
    try Cases(2500, inDebug: 250).run { seed, random in
      var convolution = ReferenceConvolution(&random, work: 60_000)
      convolution.shards = random.choice([1, 1, 2, 3, 4])
      convolution.relu = random.once(in: 3)
      let values = SplitMix.Values(&random)
      let x = random.floats(convolution.inputCount, values)
      let w = random.floats(convolution.weightCount, values)
      let bias = random.once(in: 3) ? nil : random.floats(convolution.outputs, values)
      let dy = random.floats(convolution.outputCount, values)

      let y = convolution.forward(x, weight: w, bias: bias)
      let dz = convolution.rectified(dy, y)
      let geometry = convolution.geometry
      var trial = Trial(
        name: "conv2d \(convolution), \(values)", inputs: [(x, convolution.inputShape)],
        parameters: [(w, geometry.weightShape, geometry.layout)], shards: convolution.shards,
        keepsGradients: random.once(in: 2), outputGradient: dy, output: y,
        gradients: [
          convolution.inputGradient(dz, weight: w), convolution.weightGradient(dz, input: x),
        ]
      ) { x, p in
        conv2d(
          x[0], weight: p[0], bias: p.count > 1 ? p[1] : nil, geometry: geometry,
          relu: convolution.relu)
      }
      if let bias {
        trial.parameters.append((bias, [bias.count], .vector))
        trial.gradients.append(convolution.biasGradient(dz))
      }
      return try trial.check(seed: seed, product)
    }
  }
}

extension SplitMix.Values {
  /// Mostly ordinary numbers; now and then those that show the order of a sum, the sign of a zero, or what is multiplied with an infinity.
  init(_ random: inout SplitMix) {
    self =
      [.ordinary, .ordinary, .spread, .spread, .tiny, .special, .integers][
        random.integer(0...6)]
  }
}
