import Autograd
import ReferenceInterpreter
import Training

/// Draws networks over images that end in one number for each class.
struct RandomNetwork {
  let input: [Int]
  let classes: Int
  private(set) var layers: [Layer] = []
  private var shape: [Int]
  private var dropouts = 0

  init(_ random: inout SplitMix) {
    input = [random.choice([1, 2, 3, 4, 16]), random.integer(3...9), random.integer(3...9)]
    classes = random.integer(2...5)
    shape = input
    for _ in 0..<random.integer(1...5) { appendImageLayer(&random) }
    let isPooled = random.once(in: 3)
    append(isPooled ? GlobalAveragePool() : Flatten())
    shape = isPooled ? [shape[0]] : [shape.reduce(1, *)]
    for _ in 0..<random.integer(0...3) { appendFlatLayer(&random) }
    append(LinearLayer(features: classes, bias: !random.once(in: 4)))
    if random.once(in: 4) { append(Softmax()) }
  }

  private mutating func append(_ kind: any LayerKind) { layers.append(Layer(kind)) }

  private mutating func appendDropout(_ random: inout SplitMix) {
    dropouts += 1
    layers.append(
      Layer(
        DropoutLayer(probability: Double(random.integer(1...7)) / 8), name: "dropped\(dropouts)"))
  }

  private mutating func appendImageLayer(_ random: inout SplitMix) {
    switch random.integer(0...9) {
    case 0, 1, 2: appendConvolution(&random)
    case 3:
      guard min(shape[1], shape[2]) >= 2 else { return }
      let stride = random.integer(1...2)
      let padding = random.integer(0...1)
      shape =
        [shape[0]]
        + [1, 2].map { axis in
          WindowAxis(size: shape[axis], kernel: 2, stride: stride, padding: padding).outputs
        }
      let kind: any PoolingKind.Type = random.once(in: 2) ? MaxPool2d.self : AveragePool2d.self
      append(
        kind.init(
          kernel: 2, stride: Window(integerLiteral: stride),
          padding: Window(integerLiteral: padding)))
    case 4: append(BatchNormLayer())
    case 5: append(LayerNormLayer())
    case 6:
      let groups = random.choice((1...shape[0]).filter { shape[0] % $0 == 0 })
      var normalization = GroupNormLayer(groups: groups)
      normalization.epsilon = 0.001
      append(normalization)
    case 7: appendActivation(&random)
    case 8: appendDropout(&random)
    default: appendResidual(&random)
    }
  }

  /// Now and then with what is computed together with it: a normalization before, a relu behind.
  private mutating func appendConvolution(_ random: inout SplitMix) {
    if random.once(in: 2) {
      var normalization = BatchNormLayer()
      normalization.momentum = 0.25
      append(normalization)
      if random.once(in: 2) { append(ReLU()) }
    }
    let groups = random.choice((1...min(shape[0], 4)).filter { shape[0] % $0 == 0 })
    let channels = groups * (random.once(in: 4) ? 16 : random.integer(1...6))
    var axes = [WindowAxis(&random), WindowAxis(&random)]
    for axis in 0...1 {
      axes[axis].size = shape[axis + 1]
      // Images must not grow from layer to layer.
      if axes[axis].outputs < 1 || axes[axis].outputs > axes[axis].size + 1 {
        axes[axis] = WindowAxis(size: shape[axis + 1], kernel: 3, padding: 1)
      }
    }
    append(
      Conv2dLayer(
        channels: channels, kernel: Window(height: axes[0].kernel, width: axes[1].kernel),
        stride: Window(height: axes[0].stride, width: axes[1].stride),
        padding: Window(height: axes[0].padding, width: axes[1].padding),
        dilation: Window(height: axes[0].dilation, width: axes[1].dilation), groups: groups,
        bias: !random.once(in: 3)))
    shape = [channels, axes[0].outputs, axes[1].outputs]
    if random.once(in: 2) { append(ReLU()) }
  }

  private mutating func appendResidual(_ random: inout SplitMix) {
    let isProjected = random.once(in: 2)
    let channels = isProjected ? random.choice([2, 3, 16]) : shape[0]
    func convolution(_ kernel: Int, _ padding: Int) -> Conv2dLayer {
      Conv2dLayer(
        channels: channels, kernel: Window(integerLiteral: kernel),
        padding: Window(integerLiteral: padding), bias: false)
    }
    var body: [any LayerKind] = [convolution(3, 1)]
    if random.once(in: 2) {
      body += [BatchNormLayer(), ReLU(), convolution(3, 1)] as [any LayerKind]
    }
    if random.once(in: 2) { body.append(BatchNormLayer()) }
    var projection: [any LayerKind] = isProjected ? [convolution(1, 0)] : []
    if isProjected && random.once(in: 2) { projection.append(BatchNormLayer()) }
    append(ResidualLayer(body: body, projection: projection))
    shape[0] = channels
    if random.once(in: 2) { append(ReLU()) }
  }

  private mutating func appendActivation(_ random: inout SplitMix) {
    let all = Layer.activations
    append(all[random.integer(0...all.count - 1)].draw(&random))
  }

  private mutating func appendFlatLayer(_ random: inout SplitMix) {
    switch random.integer(0...5) {
    case 0, 1:
      let features = random.choice([1, 5, 16, 31, 33])
      append(LinearLayer(features: features, bias: !random.once(in: 3)))
      shape = [features]
      if random.once(in: 2) { append(ReLU()) }
    case 2: append(BatchNormLayer())
    case 3: append(LayerNormLayer())
    case 4: appendDropout(&random)
    default: appendActivation(&random)
    }
  }
}
