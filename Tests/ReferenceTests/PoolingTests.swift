import Autograd
import ReferenceInterpreter
import Testing

extension WindowAxis {
  /// A pooling window: padding is at most half the kernel.
  fileprivate static func pooling(_ random: inout SplitMix) -> WindowAxis {
    let kernel = random.choice([1, 2, 2, 3, 3, 4, 5])
    let padding = random.integer(0...kernel / 2)
    return WindowAxis(
      size: max(1, kernel - 2 * padding) + random.integer(0...8), kernel: kernel,
      stride: random.integer(1...4), padding: padding)
  }
}

@Suite("Pooling")
struct PoolingTests {
  @Test("has the bits of the plain loops: maximum, average and their gradients")
  func bits() throws {
    let product = try Product()
    try Cases(600, inDebug: 100).run { seed, random in
      let channels = random.choice([1, 2, 3, 4, 5, 8, 15, 16, 17, 33])
      let images = random.choice([1, 1, 2, 3])
      let vertical = WindowAxis.pooling(&random)
      let horizontal = random.once(in: 2) ? vertical : WindowAxis.pooling(&random)
      let pooling = ReferencePooling(
        planes: images * channels, vertical: vertical, horizontal: horizontal)
      let values = SplitMix.Values(&random)
      let x = random.floats(pooling.inputCount, values)
      let dy = random.floats(pooling.outputCount, values)
      let kernel = Window(height: vertical.kernel, width: horizontal.kernel)
      let stride = Window(height: vertical.stride, width: horizontal.stride)
      let padding = Window(height: vertical.padding, width: horizontal.padding)

      let (maxima, places) = pooling.maximum(x)
      let shape: Shape = [images, channels, vertical.size, horizontal.size]
      var trial = Trial(
        name:
          "max_pool of \(shape), kernel \(kernel), stride \(stride), padding \(padding), \(values)",
        inputs: [(x, shape)], keepsGradients: random.once(in: 2), outputGradient: dy,
        output: maxima, gradients: [pooling.maximumGradient(dy, places: places)]
      ) { x, _ in maxPool(x[0], kernel: kernel, stride: stride, padding: padding) }
      guard try trial.check(seed: seed, product) else { return false }

      trial.name = trial.name.replacing("max", with: "average")
      trial.output = pooling.average(x)
      trial.gradients = [pooling.averageGradient(dy)]
      trial.apply = { x, _ in averagePool(x[0], kernel: kernel, stride: stride, padding: padding) }
      guard try trial.check(seed: seed, product) else { return false }

      let whole = ReferencePooling(
        planes: images * channels,
        vertical: WindowAxis(size: vertical.size, kernel: vertical.size),
        horizontal: WindowAxis(size: horizontal.size, kernel: horizontal.size))
      trial.name = "global_average_pool of \(shape), \(values)"
      trial.outputGradient = Array(dy.prefix(images * channels))
      guard trial.outputGradient.count == images * channels else { return true }
      trial.output = whole.average(x)
      trial.gradients = [whole.averageGradient(trial.outputGradient)]
      trial.apply = { x, _ in globalAveragePool(x[0]) }
      return try trial.check(seed: seed, product)
    }
  }
}
