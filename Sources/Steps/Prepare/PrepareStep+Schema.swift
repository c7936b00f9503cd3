public import PipelineSpec

extension PrepareStep {
  private static let samples = FieldType.record([
    Field("images", .referenceOrPath, .optional, summary: "The IDX file of the images."),
    Field("labels", .referenceOrPath, .optional, summary: "The IDX file of the labels."),
    Field(
      "batches", .list(.referenceOrPath, count: 1...1000), .optional,
      summary: "The files of CIFAR-10, one after another."),
  ])

  /// What each format needs to be given of a split.
  static let settings = ["idx": ["images", "labels"], "cifar10": ["batches"]]

  /// What is missing in the sources of a split, or not of its format.
  private static func complaints(about split: String, _ settings: SpecRecord) -> [Complaint] {
    guard let format = settings["format"]?.string, let given = settings[split]?.record,
      let needed = Self.settings[format]
    else { return [] }
    let names = needed.map { "`\($0)`" }.joined(separator: " and ")
    return needed.filter { given[$0] == nil }.map { name in
      Complaint(split, "`\(split)` needs `\(name)`: `format: \(format)` is read from \(names)")
    }
      + given.entries.filter { !needed.contains($0.name) }.map { entry in
        Complaint(
          "\(split).\(entry.name)",
          "`format: \(format)` has no `\(entry.name)`; it is read from \(names)")
      }
  }

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
      Field(
        "format", .string(.oneOf(["idx", "cifar10"])),
        summary: "The format of the source files: IDX, or CIFAR-10's binary version; gzip is fine."),
      Field("train", samples, summary: "The data to learn from."),
      Field("test", samples, .optional, summary: "The data for the final evaluation."),
      Field(
        "validation", validation, .optional,
        summary: "The samples taken from `train` to watch the training with."),
      Field(
        "normalize", normalization, .defaults(to: "standardize"),
        summary: "How pixels become numbers."),
      Field(
        "class_names", .list(.string(.any), count: 2...1000), .optional,
        summary: "The names of the classes, in the order of their labels; their numbers by default."
      ),
    ],
    outputs: .fixed(["dataset.h5"]), usesSeed: true,
    check: { settings in
      complaints(about: "train", settings) + complaints(about: "test", settings)
        + complaints(aboutValidation: settings["validation"]?.record)
    })

  private static func complaints(aboutValidation settings: SpecRecord?) -> [Complaint] {
    guard let settings else { return [] }
    switch (settings["count"], settings["fraction"]) {
    case (nil, nil): return [Complaint("validation", "`validation` needs `count` or `fraction`")]
    case (_?, _?):
      return [
        Complaint("validation.fraction", "give `count` or `fraction` of `validation`, not both")
      ]
    default: return []
    }
  }
}
