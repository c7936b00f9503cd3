internal import Datasets
public import Settings
internal import Training

extension TrainStep {
  public static let word = "train"
  public static let summary =
    "Trains a model and writes its weights, the history of its metrics and the trace of its steps."

  public static let settings = [
    Setting<Self>(
      "data", \.data, .output, isRequired: true,
      "The prepared data, an HDF5 file of the step `prepare`."),
    Setting(
      "model", \.model, .list(Layer.setting, count: 1...1000), isRequired: true,
      "The layers, first to last."),
    Setting(
      "augment", \.augmentation, .record(),
      "Random changes of the images, drawn by (seed, epoch, sample); only while training."),
    Setting("loss", \.loss, .kind(Loss.kinds), "What is made small."),
    Setting(
      "optimizer", \.optimizer, .kind(Optimizer.kinds), "How gradients change the weights."),
    Setting(
      "schedule", \.schedule, .kind(Schedule.kinds),
      "How the learning rate changes over the training."),
    Setting(
      "clip_gradients", \.clipping, .record(),
      "Limits to gradients: by value first, then by norm."),
    Setting(
      "average", \.average, .kind(Average.kinds),
      "An average of the weights over the steps, kept beside them."),
    Setting(
      "weights", \.weights, .word,
      "The weights that `model.safetensors` holds: those of the last step, or their `average`."),
    Setting(
      "epochs", \.epochs, .integer(1...1_000_000), isRequired: true,
      "The passes over the training data."),
    Setting("batch_size", \.batchSize, .integer(1...1_048_576), "The samples of one batch."),
    Setting(
      "gradient_accumulation_steps", \.gradientAccumulationSteps, .integer(1...65_536),
      "The batches whose gradients are added to make one step."),
    Setting(
      "drop_last", \.dropsLast, .boolean,
      "Whether an epoch ends before a step that would be short."),
    Setting(
      "shards", \.shards, .integer(1...256),
      "The logical parts of a batch whose gradients are summed apart."),
    Setting(
      "checkpoint", \.checkpoint, .record(), role: .execution,
      "When the state is saved to resume from; it changes no result."),
  ]

  public func complaints() -> [Complaint] {
    var complaints: [Complaint] = []
    if shards > batchSize {
      complaints.append(Complaint("shards", "`shards` cannot exceed `batch_size`"))
    }
    if weights == .average, average == nil {
      complaints.append(
        Complaint("weights", "`weights: average` needs an `average`, such as `{ema: 0.999}`"))
    }
    return complaints
  }
}
