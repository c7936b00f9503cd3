internal import PipelineSpec

/// What a user may write under `optimizer`.
enum OptimizerSchema {
  static let type = FieldType.choice([
    Choice(
      "sgd",
      fields: [
        Field(
          "learning_rate", .number(.above(0)), .defaults(to: 0.01), summary: "The size of a step."),
        Field(
          "momentum", .number(.halfOpen(0, 1)), .defaults(to: 0),
          summary: "The share of the last step that is kept."),
        Field("nesterov", .boolean, .defaults(to: false), summary: "Whether to look ahead."),
        decay(0),
      ], shorthand: "learning_rate", summary: "Gradient descent, with momentum where it is set."),
    Choice(
      "adam", fields: [learningRate] + moments + [decay(0)], shorthand: "learning_rate",
      summary: "Adam (Kingma, Ba 2015); decay is added to the gradient."),
    Choice(
      "adamw", fields: [learningRate] + moments + [decay(0.01)], shorthand: "learning_rate",
      summary: "Adam with decay apart from the gradient (Loshchilov, Hutter 2019)."),
  ])

  private static let learningRate = Field(
    "learning_rate", .number(.above(0)), .defaults(to: 0.001), summary: "The size of a step.")

  private static func decay(_ value: Double) -> Field {
    Field(
      "weight_decay", .number(.atLeast(0)), .defaults(to: .number(value)),
      summary: "How strongly weights are pulled to zero.")
  }

  private static let moments: [Field] = [
    Field(
      "beta1", .number(.halfOpen(0, 1)), .defaults(to: 0.9),
      summary: "The decay of the mean of gradients."),
    Field(
      "beta2", .number(.halfOpen(0, 1)), .defaults(to: 0.999),
      summary: "The decay of the mean of squared gradients."),
    Field(
      "epsilon", .number(.above(0)), .defaults(to: 1e-8),
      summary: "Added to the root of the second mean."),
  ]
}
