/// Where a run stands, and what it has measured so far.
public struct TrainingProgress: Hashable, Sendable {
  /// The epochs that are over.
  public var epoch = 0
  /// The steps taken in the current epoch.
  public var stepInEpoch = 0
  /// The steps taken since the start.
  public var globalStep = 0
  /// The sums of the current epoch.
  public var running = RunningMetrics()
  /// The epochs that are over, in order.
  public var history: [EpochReport] = []

  /// The start of a run.
  public init() {}

  /// The epoch with the lowest validation loss (training loss where there is no validation); the first of equals.
  public var best: EpochReport? {
    history.min { ($0.validation ?? $0.training).loss < ($1.validation ?? $1.training).loss }
  }
}

/// Sums over the samples that an epoch has seen, in the order in which it saw them.
public struct RunningMetrics: Hashable, Sendable {
  /// The sum of the samples' losses, in Double, sample after sample.
  public var lossSum = 0.0
  /// The samples whose largest output (lowest index of equals) is their label.
  public var correct = 0
  /// The samples seen.
  public var samples = 0

  /// Nothing seen.
  public init() {}

  /// The means; zero when nothing was seen.
  public var metrics: Metrics {
    samples == 0
      ? Metrics(loss: 0, accuracy: 0)
      : Metrics(loss: lossSum / Double(samples), accuracy: Double(correct) / Double(samples))
  }
}

/// Loss and accuracy over some samples.
public struct Metrics: Hashable, Sendable {
  /// The mean loss of a sample.
  public var loss: Double
  /// The share of the samples that are classified rightly, 0…1.
  public var accuracy: Double

  /// Creates metrics.
  public init(loss: Double, accuracy: Double) {
    self.loss = loss
    self.accuracy = accuracy
  }
}

/// What an epoch came to.
public struct EpochReport: Hashable, Sendable {
  /// The number of the epoch, from 0.
  public var epoch: Int
  /// Over the epoch's samples, each with the weights and the dropout of its step.
  public var training: Metrics
  /// Over the validation samples, with the weights at the epoch's end.
  public var validation: Metrics?
  /// The learning rate of the epoch's last step.
  public var learningRate: Double

  /// Creates a report.
  public init(epoch: Int, training: Metrics, validation: Metrics?, learningRate: Double) {
    self.epoch = epoch
    self.training = training
    self.validation = validation
    self.learningRate = learningRate
  }
}
