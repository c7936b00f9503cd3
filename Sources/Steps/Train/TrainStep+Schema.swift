public import PipelineSpec

extension TrainStep {
  public static let schema = StepSchema(
    kind: "train", version: 2,
    summary:
      "Trains a model and writes its weights, the history of its metrics and the trace of its steps.",
    fields: [
      Field("data", .reference, summary: "The prepared data, an HDF5 file of the step `prepare`."),
      Field(
        "model", .list(.named("layer"), count: 1...1000), summary: "The layers, first to last."),
      Field(
        "augment", AugmentationSchema.type, .optional,
        summary:
          "Random changes of the images, drawn by (seed, epoch, sample); only while training."),
      Field("loss", loss, .defaults(to: "cross_entropy"), summary: "What is made small."),
      Field(
        "optimizer", OptimizerSchema.type, .defaults(to: "adam"),
        summary: "How gradients change the weights."),
      Field(
        "schedule", ScheduleSchema.type, .defaults(to: "constant"),
        summary: "How the learning rate changes over the training."),
      Field(
        "clip_gradients", clipping, .optional,
        summary: "Limits to gradients: by value first, then by norm."),
      Field("epochs", .integer(1...1_000_000), summary: "The passes over the training data."),
      Field(
        "batch_size", .integer(1...1_048_576), .defaults(to: 64),
        summary: "The samples of one batch."),
      // Without a default: who does not set it keeps the keys of before.
      Field(
        "gradient_accumulation_steps", .integer(1...65_536), .optional,
        summary: "The batches whose gradients are added to make one step; 1 if left out."),
      Field(
        "drop_last", .boolean, .defaults(to: false),
        summary: "Whether an epoch ends before a step that would be short."),
      Field(
        "shards", .integer(1...256), .defaults(to: 1),
        summary: "The logical parts of a batch whose gradients are summed apart."),
      Field(
        "checkpoint", checkpoint, role: .execution, .defaults(to: ["every_epochs": 1]),
        summary: "When the state is saved to resume from; it changes no result."),
    ],
    outputs: .fixed(["model.safetensors", "history.json", "layers.json", "trace.csv"]),
    usesSeed: true,
    check: TrainingRules.complaints)

  private static let loss = FieldType.choice([
    Choice(
      "cross_entropy",
      fields: [
        Field(
          "label_smoothing", .number(.halfOpen(0, 1)), .defaults(to: 0),
          summary: "The share of the target that is spread over all classes.")
      ], summary: "For classes: the negative logarithm of the softmax of the right one."),
    Choice(
      "mean_squared_error",
      summary: "The mean of the squared differences; for classes, to the one-hot target."),
  ])

  private static let clipping = FieldType.record([
    Field("value", .number(.above(0)), .optional, summary: "The largest entry of a gradient."),
    Field("norm", .number(.above(0)), .optional, summary: "The largest norm of all gradients."),
  ])

  private static let checkpoint = FieldType.record([
    Field(
      "every_epochs", .integer(atLeast: 1), .optional,
      summary: "A checkpoint after so many epochs."),
    Field(
      "every_steps", .integer(atLeast: 1), .optional, summary: "A checkpoint after so many steps."),
    Field(
      "every_seconds", .number(.above(0)), .optional,
      summary: "A checkpoint after so many seconds."),
    Field("keep", .integer(1...1000), .defaults(to: 2), summary: "The checkpoints that are kept."),
  ])
}
