/// A failure of a training run.
public struct TrainingError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Code: Hashable, Sendable {
    /// The loss of a batch is infinite or no number.
    case nonFiniteLoss
    /// The norm of the gradients is infinite or no number.
    case nonFiniteGradient
    /// A parameter or buffer holds an infinity or no number.
    case nonFiniteWeight(name: String)
    /// A state lacks an array that the model needs, or has it in another shape.
    case missingTensor(name: String)
    /// A state holds an array that the model does not know.
    case unknownTensor(name: String)
    /// A state's position does not fit the configuration.
    case positionOutOfRange
    /// A text field of a saved progress cannot be read.
    case damagedProgress(field: String)
    /// There is nothing to train on.
    case noSamples
    /// A number of the configuration is out of its range.
    case invalidConfiguration(field: String)
    /// A setting asks for more samples than the training split has.
    case moreThanSamples(field: String, Int, Int)
    /// The validation samples have another shape or number of classes than the training samples.
    case validationDiffers
  }

  /// What went wrong.
  public let code: Code
  /// The epoch, from 0, where it happened in the course of a run.
  public let epoch: Int?
  /// The step in that epoch, from 0.
  public let step: Int?

  package init(_ code: Code, epoch: Int? = nil, step: Int? = nil) {
    self.code = code
    self.epoch = epoch
    self.step = step
  }
}

extension TrainingError: CustomStringConvertible {
  /// A sentence that names what, where and the next act.
  public var description: String {
    var place = ""
    if let epoch, let step { place = " in epoch \(epoch + 1), step \(step + 1)" }
    switch code {
    case .nonFiniteLoss:
      return "the loss is not finite\(place); lower the learning rate or clip the gradients"
    case .nonFiniteGradient:
      return "the gradient is not finite\(place); lower the learning rate or clip the gradients"
    case .nonFiniteWeight(let name):
      return "\(name) is not finite\(place); lower the learning rate or clip the gradients"
    case .missingTensor(let name):
      return
        "the state has no \(name) of the shape that the model needs; was it saved by another model?"
    case .unknownTensor(let name):
      return
        "the state holds \(name), which the model does not know; was it saved by another model?"
    case .positionOutOfRange:
      return
        "the state's position lies outside of the run; was it saved with other data or settings?"
    case .damagedProgress(let field):
      return
        "the saved progress is damaged: its field `\(field)` cannot be read; resume from another checkpoint"
    case .noSamples:
      return "there are no samples to train on"
    case .invalidConfiguration(let field):
      return "\(field) is out of its range"
    case .moreThanSamples(let field, let value, let samples):
      return
        "\(field) is \(value), but there are \(samples) training samples; give at most \(samples)"
    case .validationDiffers:
      return
        "the validation samples have another shape or number of classes than the training samples"
    }
  }
}
