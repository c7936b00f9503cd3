import Autograd
import ReferenceInterpreter
import Settings
import Testing
import Training

@Suite("A training", .enabled(if: canRoundCorrectly()))
struct TrainingTests {
  @Test("of random layers has the bits of the plain loops: weights, moments, statistics, losses")
  func bits() throws {
    let product = try Product()
    let cases = Cases(120, inDebug: 30)
    var words: Set<String> = []
    try cases.run { seed, random in
      let drawn = RandomNetwork(&random)
      words.formUnion(drawn.layers.map(\.word))
      let count = random.integer(6...23)
      // The product refuses a batch_norm over a single value: each shard, of the short last batch too, has two samples.
      let shards = random.choice([1, 1, 2, 3])
      let batchSize = random.choice(
        (2 * shards...2 * shards + 5).filter { count % $0 == 0 || count % $0 >= 2 * shards })
      let batches = min(random.choice([1, 1, 2, 3]), max(1, count / batchSize))
      let data = LabelledData(drawn.input, classes: drawn.classes, count: count, &random)
      let configuration = TrainingConfiguration(
        model: ModelDescription(drawn.layers), loss: Loss.draw(&random),
        optimizer: Optimizer.draw(&random),
        clipping: GradientClipping(
          value: random.once(in: 3) ? 0.01 : nil, norm: random.once(in: 3) ? 0.25 : nil),
        epochs: 1, batchSize: batchSize, gradientAccumulationSteps: batches, shuffle: false,
        shards: shards,
        average: random.once(in: 3) ? ExponentialMovingAverage(decay: 0.75) : nil,
        seed: random.next())
      return try data.check(configuration, seed: seed, product)
    }
    // Few networks meet only some of the kinds.
    guard cases.seeds.count >= 30 else { return }
    for kind in Layer.layers.kinds where !(kind is any ActivationKind.Type) {
      #expect(words.contains(kind.word), "no network has the layer `\(kind.word)`")
    }
  }
}
