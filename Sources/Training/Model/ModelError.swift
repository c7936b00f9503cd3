public import Autograd
public import Settings

/// A layer that does not fit the one before it.
public struct ModelError: Error, Hashable, Sendable {
  /// What does not fit.
  public enum Code: Error, Hashable {
    /// The layer takes samples of another rank.
    case rank(expected: Int)
    /// A window, with its padding and dilation, is larger than the image.
    case windowTooLarge
    /// The channels are not a multiple of the groups.
    case groups(Int)
    /// A residual's branches end in different shapes.
    case residualShapes(body: Shape, shortcut: Shape)
    /// A setting of the layer is out of its range.
    case settings(SettingsError)
    /// Two layers bear one name.
    case duplicateName(String)
    /// Two parameters or buffers of a module bear one name.
    case duplicateParameter(String)
    /// The model's output is not one number per class.
    case outputs(expected: Int)
    /// A batch normalization would measure a single value per channel: a shard of a batch of this size has one sample.
    case singleValue(batch: Int, shards: Int)
    /// The model has no layers.
    case empty
  }

  /// What does not fit.
  public let code: Code
  /// Where the layer stands: its index in the model's list, then, inside residuals, the index in that list.
  public let path: [Int]
  /// The layer's name.
  public let layer: String
  /// The shape of one sample before the layer.
  public let input: Shape
  /// The shape after it, where one is known.
  public let output: Shape?

  init(_ code: Code, path: [Int], layer: String, input: Shape, output: Shape? = nil) {
    self.code = code
    self.path = path
    self.layer = layer
    self.input = input
    self.output = output
  }
}

extension ModelError: CustomStringConvertible {
  /// A sentence that names the layer, the shapes and what to change.
  public var description: String {
    switch code {
    case .rank(1):
      "layer \(layer) takes flat samples, but its input is \(input); put `flatten` before it"
    case .rank(let expected):
      "layer \(layer) takes samples with \(expected) axes (C×H×W), but its input is \(input); "
        + "put it before `flatten`"
    case .windowTooLarge:
      "the window of layer \(layer) is larger than its padded input \(input); "
        + "make the kernel smaller or the padding larger"
    case .groups(let groups):
      "layer \(layer) divides its channels into \(groups) groups, but its input is \(input); the numbers of input and "
        + "output channels must be multiples of \(groups)"
    case .residualShapes(let body, let shortcut):
      "the body of \(layer) outputs \(body) and its shortcut \(shortcut); "
        + "add a projection that outputs the body's shape"
    case .settings(let error):
      "layer \(layer): \(error)"
    case .duplicateName(let name):
      "two layers are named \(name); give one of them another name"
    case .duplicateParameter(let name):
      "two parameters are named \(name), and a saved state could hold only one of them; "
        + "give one of them another name"
    case .outputs(let expected):
      "the model has \(input) outputs, but the data has \(expected) classes; "
        + "give the last layer \(expected) features"
    case .singleValue(let batch, 1):
      "layer \(layer) measures each channel over the batch, and a batch of \(batch) has one value per channel, whose "
        + "variance is 0; change `batch_size`, or set `drop_last: true` where only the last batch is short"
    case .singleValue(let batch, let shards):
      "layer \(layer) measures each channel over a shard, and a batch of \(batch) in \(shards) shards has shards with one "
        + "value per channel, whose variance is 0; change `batch_size` or `shards`, or set `drop_last: true` where only the "
        + "last batch is short"
    case .empty:
      "the model has no layers; add at least one"
    }
  }
}
