public import PipelineSpec

extension PrepareStep {
  private static let imagesAndLabels = FieldType.record([
    Field("images", .referenceOrPath, summary: "The IDX file of the images."),
    Field("labels", .referenceOrPath, summary: "The IDX file of the labels."),
  ])

  private static let validation = FieldType.record([
    Field(
      "count", .integer(atLeast: 1), .optional,
      summary: "The number of samples, taken from `train`."),
    Field(
      "fraction", .number(.open(0, 1)), .optional,
      summary: "The share of `train`, instead of a count."),
    Field(
      "stratified", .boolean, .defaults(to: true), summary: "Whether each class keeps its share."),
  ])

  private static let normalization = FieldType.choice([
    Choice("none", summary: "Bytes become numbers from 0 to 255."),
    Choice(
      "standardize",
      summary: "Mean 0 and deviation 1 per channel, by the statistics of the training split."),
    Choice(
      "scale",
      fields: [
        Field(
          "range", .list(.number(.any), count: 2...2), .defaults(to: [0, 1]),
          summary: "The numbers that 0 and 255 become.")
      ], shorthand: "range", summary: "Maps the bytes linearly to a range."),
    Choice(
      "fixed",
      fields: [
        Field(
          "mean", .list(.number(.any), count: 1...4),
          summary: "What is subtracted, one number per channel, for pixels from 0 to 1."),
        Field(
          "std", .list(.number(.above(0)), count: 1...4),
          summary: "What is divided by, one number per channel, for pixels from 0 to 1."),
      ], summary: "Subtracts a fixed mean and divides by a fixed deviation."),
  ])

  public static let schema = StepSchema(
    kind: "prepare", version: 1,
    summary: "Reads, splits and normalizes data and writes one HDF5 file, `dataset.h5`.",
    fields: [
      Field("format", .string(.oneOf(["idx"])), summary: "The format of the source files."),
      Field("train", imagesAndLabels, summary: "The data to learn from."),
      Field("test", imagesAndLabels, .optional, summary: "The data for the final evaluation."),
      Field(
        "validation", validation, .optional,
        summary: "The samples taken from `train` to watch the training with."),
      Field(
        "normalize", normalization, .defaults(to: "standardize"), summary: "How pixels become numbers."),
      Field(
        "class_names", .list(.string(.any), count: 2...1000), .optional,
        summary: "The names of the classes, in the order of their labels; their numbers by default."),
    ],
    outputs: .fixed(["dataset.h5"]), usesSeed: true,
    check: { settings in
      guard let validation = settings["validation"]?.record else { return [] }
      switch (validation["count"], validation["fraction"]) {
      case (nil, nil):
        return [Complaint("validation", "`validation` needs `count` or `fraction`")]
      case (_?, _?):
        return [
          Complaint("validation.fraction", "give `count` or `fraction` of `validation`, not both")
        ]
      default: return []
      }
    })
}
