public import PipelineSpec

extension EvaluateStep {
  public static let schema = StepSchema(
    kind: "evaluate", version: 1,
    summary: "Measures a model on a split: loss, accuracy, confusion matrix, per-class table.",
    fields: [
      Field("model", .reference, summary: "The trained model, a safetensors file."),
      Field("data", .reference, summary: "The prepared data, an HDF5 file."),
      Field(
        "split", .string(.oneOf(["train", "validation", "test"])), .defaults(to: "test"),
        summary: "The part of the data to measure on."),
      Field(
        "batch_size", .integer(1...1_048_576), role: .execution, .defaults(to: 512),
        summary: "The samples computed at once; it changes no bit of the result."),
    ],
    outputs: .fixed(["evaluation.json", "predictions.safetensors"]))
}
