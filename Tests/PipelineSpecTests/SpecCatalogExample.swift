import PipelineSpec

/// The steps of the product as data, close to what target Steps declares.
enum SpecCatalogExample {
  static let catalog = SchemaCatalog(
    steps: [download, prepare, train, evaluate, report, command], types: ["layer": layer])

  // MARK: download

  static let download = StepSchema(
    kind: "download", version: 1,
    summary:
      "Fetches files from the first source that gives the pinned content, and verifies them.",
    fields: [
      Field(
        "files",
        .map(
          keys: .outputName,
          .record([
            Field(
              "urls", .list(.string(.url), atLeast: 1), role: .execution,
              summary:
                "The sources, tried in order; mirrors are looked up by the last path component."),
            Field(
              "compression", .string(.oneOf(["none", "gzip"])), role: .execution,
              .defaults(to: "none"),
              summary: "How the sources are packed; the content is kept unpacked."),
            Field(
              "sha256", .string(.sha256), summary: "The SHA-256 of the file after unpacking."),
            Field(
              "bytes", .integer(0...(1 << 40)),
              summary: "The size of the file after unpacking, in bytes."),
          ])),
        summary: "The files by the names that later stages use."),
      Field(
        "timeout", .number(.openClosed(0, 86_400)), role: .execution, .defaults(to: 60),
        summary: "The longest silence of a source before the next one is tried, in seconds."),
    ],
    outputs: .keys(of: "files"),
    check: { settings in
      settings["files"]?.map?.isEmpty == true
        ? [Complaint("files", "`files` names no file to download")] : []
    })

  // MARK: prepare

  private static let imagesAndLabels = FieldType.record([
    Field("images", .referenceOrPath, summary: "The IDX file of the images."),
    Field("labels", .referenceOrPath, summary: "The IDX file of the labels."),
  ])

  static let prepare = StepSchema(
    kind: "prepare", version: 1,
    summary: "Reads, splits and normalizes data and writes one HDF5 file, `dataset.h5`.",
    fields: [
      Field("format", .string(.oneOf(["idx"])), summary: "The format of the source files."),
      Field("train", imagesAndLabels, summary: "The data to learn from."),
      Field("test", imagesAndLabels, .optional, summary: "The data for the final evaluation."),
      Field(
        "validation",
        .record([
          Field(
            "count", .integer(atLeast: 1), .optional,
            summary: "The number of samples, taken from `train`."),
          Field(
            "fraction", .number(.open(0, 1)), .optional,
            summary: "The share of `train`, instead of a count."),
          Field(
            "stratified", .boolean, .defaults(to: true),
            summary: "Whether each class keeps its share."),
        ]), .optional, summary: "The samples taken from `train` to watch the training with."),
      Field(
        "normalize",
        .choice([
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
                summary: "What is subtracted, one number per channel."),
              Field(
                "std", .list(.number(.above(0)), count: 1...4),
                summary: "What is divided by, one number per channel."),
            ], summary: "Subtracts a fixed mean and divides by a fixed deviation."),
        ]), .defaults(to: "standardize"), summary: "How pixels become numbers."),
      Field(
        "classes", .list(.string(.any), count: 2...1000), .optional,
        summary: "The names of the classes, in the order of their labels."),
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

  // MARK: train

  /// The name of a layer, which every alternative has.
  private static let layerName = Field(
    "name", .string(.name), .optional,
    summary: "The name of its parameters and random streams; kind and ordinal by default.")

  private static let kernel: [Field] = [
    Field("channels", .integer(1...65_536), summary: "The number of output channels."),
    Field("kernel", .integer(1...64), summary: "The edge of the window, in pixels."),
    Field("stride", .integer(1...64), .defaults(to: 1), summary: "The step of the window."),
    Field(
      "padding",
      .union([.integer(0...64), .string(.oneOf(["same", "valid"]))]), .defaults(to: 0),
      summary: "The zeros around the image: their number, or `same`, or `valid` for none."),
    Field("bias", .boolean, .defaults(to: true), summary: "Whether a bias is added."),
    layerName,
  ]

  static let layer = FieldType.choice([
    Choice("flatten", fields: [layerName], summary: "Makes one row of each sample."),
    Choice(
      "linear",
      fields: [
        Field("features", .integer(1...1_048_576), summary: "The number of outputs."),
        Field("bias", .boolean, .defaults(to: true), summary: "Whether a bias is added."),
        layerName,
      ], shorthand: "features", summary: "A fully connected layer."),
    Choice("relu", fields: [layerName], summary: "max(x, 0)."),
    Choice(
      "leaky_relu",
      fields: [
        Field(
          "slope", .number(.atLeast(0)), .defaults(to: 0.01), summary: "The slope below zero."),
        layerName,
      ], shorthand: "slope", summary: "x above zero, slope · x below."),
    Choice("tanh", fields: [layerName], summary: "The hyperbolic tangent."),
    Choice("sigmoid", fields: [layerName], summary: "1 / (1 + exp(−x))."),
    Choice("gelu", fields: [layerName], summary: "x · Φ(x), with the exact error function."),
    Choice("silu", fields: [layerName], summary: "x · sigmoid(x)."),
    Choice(
      "elu",
      fields: [
        Field("alpha", .number(.above(0)), .defaults(to: 1), summary: "The scale below zero."),
        layerName,
      ], shorthand: "alpha", summary: "x above zero, alpha · (exp(x) − 1) below."),
    Choice("softplus", fields: [layerName], summary: "log(1 + exp(x))."),
    Choice(
      "dropout",
      fields: [
        Field(
          "p", .number(.halfOpen(0, 1)), .defaults(to: 0.5),
          summary: "The probability of dropping a value."),
        layerName,
      ], shorthand: "p", summary: "Sets values to zero at random while training."),
    Choice("conv2d", fields: kernel, summary: "A convolution over images."),
    Choice(
      "max_pool2d",
      fields: [
        Field("kernel", .integer(1...64), summary: "The edge of the window, in pixels."),
        Field(
          "stride", .integer(1...64), .optional,
          summary: "The step of the window; its edge by default."),
        layerName,
      ], shorthand: "kernel", summary: "The largest value of each window."),
    Choice(
      "residual",
      fields: [
        Field("layers", .list(.named("layer"), atLeast: 1), summary: "The layers of the branch."),
        layerName,
      ], shorthand: "layers", summary: "Adds the input to what the layers make of it."),
  ])

  private static let learningRate = Field(
    "learning_rate", .number(.above(0)), .defaults(to: 0.001), summary: "The size of a step.")

  private static let decay = Field(
    "weight_decay", .number(.atLeast(0)), .defaults(to: 0),
    summary: "How strongly weights are pulled to zero.")

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

  private static let optimizer = FieldType.choice([
    Choice(
      "sgd",
      fields: [
        Field(
          "learning_rate", .number(.above(0)), .defaults(to: 0.01), summary: "The size of a step."),
        Field(
          "momentum", .number(.halfOpen(0, 1)), .defaults(to: 0),
          summary: "The share of the last step that is kept."),
        Field("nesterov", .boolean, .defaults(to: false), summary: "Whether to look ahead."),
        decay,
      ], shorthand: "learning_rate", summary: "Gradient descent, with momentum where it is set."),
    Choice(
      "adam", fields: [learningRate] + moments + [decay], shorthand: "learning_rate",
      summary: "Adam; decay is added to the gradient."),
    Choice(
      "adamw",
      fields: [learningRate] + moments + [
        Field(
          "weight_decay", .number(.atLeast(0)), .defaults(to: 0.01),
          summary: "How strongly weights are pulled to zero, apart from the gradient.")
      ], shorthand: "learning_rate", summary: "Adam with decay apart from the gradient."),
  ])

  private static let warmup = Field(
    "warmup_epochs", .number(.atLeast(0)), .defaults(to: 0),
    summary: "The epochs in which the rate rises linearly from zero.")

  private static let schedule = FieldType.choice([
    Choice("constant", fields: [warmup], summary: "The learning rate stays."),
    Choice(
      "step",
      fields: [
        Field("every_epochs", .integer(atLeast: 1), summary: "The epochs between two drops."),
        Field(
          "factor", .number(.openClosed(0, 1)), .defaults(to: 0.1),
          summary: "What the rate is multiplied by."),
        warmup,
      ], summary: "The learning rate drops every few epochs."),
    Choice(
      "cosine",
      fields: [
        Field(
          "final", .number(.closed(0, 1)), .defaults(to: 0),
          summary: "The last rate as a share of the first."),
        warmup,
      ], summary: "The learning rate follows half a cosine to the end."),
  ])

  static let train = StepSchema(
    kind: "train", version: 1,
    summary: "Trains a model and writes `model.safetensors` and `history.json`.",
    fields: [
      Field("data", .reference, summary: "The prepared data, an HDF5 file of the step `prepare`."),
      Field(
        "model", .list(.named("layer"), count: 1...1000), summary: "The layers, first to last."),
      Field(
        "loss",
        .choice([
          Choice(
            "cross_entropy",
            fields: [
              Field(
                "label_smoothing", .number(.halfOpen(0, 1)), .defaults(to: 0),
                summary: "The share of the target that is spread over all classes.")
            ], summary: "For classes: the negative logarithm of the softmax of the right one."),
          Choice("mean_squared_error", summary: "The mean of the squared differences."),
        ]), .defaults(to: "cross_entropy"), summary: "What is made small."),
      Field(
        "optimizer", optimizer, .defaults(to: "adam"), summary: "How gradients change the weights."),
      Field(
        "schedule", schedule, .defaults(to: "constant"),
        summary: "How the learning rate changes over the training."),
      Field(
        "clip_gradients",
        .record([
          Field(
            "value", .number(.above(0)), .optional, summary: "The largest entry of a gradient."),
          Field(
            "norm", .number(.above(0)), .optional, summary: "The largest norm of all gradients."),
        ]), .optional, summary: "Limits to gradients: by value first, then by norm."),
      Field("epochs", .integer(1...1_000_000), summary: "The passes over the training data."),
      Field(
        "batch_size", .integer(1...1_048_576), .defaults(to: 64),
        summary: "The samples of one step."),
      Field(
        "shards", .integer(1...256), .defaults(to: 1),
        summary: "The logical parts of a batch whose gradients are summed apart."),
      Field(
        "checkpoint",
        .record([
          Field(
            "every_epochs", .integer(atLeast: 1), .optional,
            summary: "A checkpoint after so many epochs."),
          Field(
            "every_steps", .integer(atLeast: 1), .optional,
            summary: "A checkpoint after so many steps."),
          Field(
            "every_seconds", .number(.above(0)), .optional,
            summary: "A checkpoint after so many seconds."),
          Field(
            "keep", .integer(1...1000), .defaults(to: 2), summary: "The checkpoints that are kept."),
        ]), role: .execution, .defaults(to: ["every_epochs": 1]),
        summary: "When the state is saved to resume from; it changes no result."),
      Field(
        "early_stopping",
        .record([
          Field(
            "metric", .string(.oneOf(["loss", "accuracy"])), .defaults(to: "loss"),
            summary: "The metric of the validation split that is watched."),
          Field(
            "patience", .integer(atLeast: 1),
            summary: "The epochs without improvement that are allowed."),
          Field(
            "minimum_change", .number(.atLeast(0)), .defaults(to: 0),
            summary: "The smallest change that counts as an improvement."),
        ]), .optional, summary: "Ends the training when the validation no longer improves."),
    ],
    outputs: .fixed(["model.safetensors", "history.json"]), usesSeed: true,
    check: { settings in
      guard let shards = settings["shards"]?.integer, let size = settings["batch_size"]?.integer,
        shards > size
      else { return [] }
      return [Complaint("shards", "`shards` cannot exceed `batch_size`")]
    })

  // MARK: evaluate, report, command

  static let evaluate = StepSchema(
    kind: "evaluate", version: 1,
    summary: "Measures a model and writes `metrics.json` and `predictions.h5`.",
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
    outputs: .fixed(["metrics.json", "predictions.h5"]))

  static let report = StepSchema(
    kind: "report", version: 1,
    summary: "Writes one self-contained page, `report.html`, about all other stages.",
    fields: [
      Field("title", .string(.any), .optional, summary: "The heading of the page.")
    ],
    outputs: .fixed(["report.html"]), consumesAllStages: true)

  static let command = StepSchema(
    kind: "command", version: 1,
    summary: "Runs a program of your own on declared inputs and keeps its declared outputs.",
    fields: [
      Field(
        "shell", .string(.any), .optional, summary: "A line for `sh -c`."),
      Field(
        "argv", .list(.string(.any), atLeast: 1), .optional,
        summary: "The program and its arguments, without a shell."),
      Field(
        "inputs", .map(keys: .name, .referenceOrPath), .defaults(to: [:]),
        summary: "What the program reads, by the names it sees."),
      Field(
        "outputs", .list(.string(.outputName), atLeast: 1), summary: "The files that it writes."),
      Field(
        "timeout", .number(.above(0)), role: .execution, .optional,
        summary: "The longest time it may take, in seconds."),
    ],
    outputs: .items(of: "outputs"),
    check: { settings in
      switch (settings["shell"], settings["argv"]) {
      case (nil, nil): [Complaint("", "a command needs `shell` or `argv`")]
      case (_?, _?): [Complaint("argv", "give `shell` or `argv`, not both")]
      default: []
      }
    })
}
