internal import Datasets
public import Settings
internal import Training

extension TrainStep {
  public static let word = "train"
  public static let summary =
    "Train a model, and write its weights, the history of its metrics and the trace of its steps."

  public static let settings = [
    Setting<Self>(
      "data", \.data, .output, isRequired: true,
      "The prepared data, an HDF5 file of the step `prepare`."),
    Setting(
      "model", \.model, .list(Layer.setting, count: 1...1000), isRequired: true,
      "The layers, first to last."),
    Setting(
      "augment", \.augmentation, .record(),
      "Random changes of the training images, drawn by (seed, epoch, sample)."),
    Setting("loss", \.loss, .kind(Loss.kinds), "The loss to minimize."),
    Setting(
      "optimizer", \.optimizer, .kind(Optimizer.kinds), "How gradients change the weights."),
    Setting(
      "schedule", \.schedule, .kind(Schedule.kinds),
      "How the learning rate changes over the training."),
    Setting(
      "clip_gradients", \.clipping, .record(),
      "Limits on gradients: first by value, then by norm."),
    Setting(
      "average", \.average, .kind(Average.kinds),
      "A moving average of the weights over the steps."),
    Setting(
      "weights", \.weights, .word,
      "The weights stored in `model.safetensors`: those of the last step, or their `average`."),
    Setting(
      "epochs", \.epochs, .integer(1...1_000_000), isRequired: true,
      "The number of passes over the training data."),
    Setting(
      "batch_size", \.batchSize, .integer(1...1_048_576), "The number of samples in a batch."),
    Setting(
      "gradient_accumulation_steps", \.gradientAccumulationSteps, .integer(1...65_536),
      "The number of batches whose gradients are summed for one step."),
    Setting(
      "drop_last", \.dropsLast, .boolean,
      "Whether to skip a short last step of an epoch."),
    Setting(
      "shards", \.shards, .integer(1...256),
      "The number of logical shards of a batch, whose gradients are summed separately."),
    Setting(
      "checkpoint", \.checkpoint, .record(), role: .execution,
      "When to save checkpoints; does not affect the result."),
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
