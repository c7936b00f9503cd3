import Pipeline
import PipelineSpec
import Steps
import Testing

@Suite("The rules between settings of a training")
struct TrainingRulesTests {
  /// The mistakes that are found in a pipeline whose stage `train` has these lines.
  private func mistakes(_ lines: String) -> [String] {
    let text = """
      version: 1
      name: rules
      seed: 1
      stages:
        prepare: {step: prepare, format: idx, train: {images: ./a, labels: ./b}}
        train:
          step: train
          data: prepare/dataset.h5
          epochs: 1

      """ + lines.split(separator: "\n").map { "    \($0)\n" }.joined()
    do throws(SpecError) {
      _ = try SpecParser(catalog: StepLibrary.catalog.schemas).parse(
        Array(text.utf8), file: "rules.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0): \($0.message)" }
    }
  }

  @Test("find Nesterov's method without momentum, at its line")
  func nesterov() {
    let model = "model: [flatten, {linear: 10}]"
    let found = mistakes("\(model)\noptimizer: {sgd: {learning_rate: 0.1, nesterov: true}}")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("11: ") == true && found.first?.contains("momentum") == true)
    #expect(
      mistakes(
        "\(model)\noptimizer: {sgd: {learning_rate: 0.1, nesterov: true, momentum: 0.9}}") == [])
  }

  @Test(
    "find a pooling whose padding is above half of its kernel, also in a residual",
    arguments: [
      "average_pool: {kernel: [3, 4], padding: [2, 2]}",
      "residual: {body: [{max_pool: {kernel: 3, stride: 1, padding: 2}}]}",
    ])
  func padding(layer: String) {
    let found = mistakes(
      """
      model:
        - {max_pool: {kernel: 2, padding: 1}}
        - {\(layer)}
        - flatten
        - {linear: 10}
      """)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("12: ") == true)
    #expect(found.first?.contains("at most half of `kernel`") == true)
  }
}
