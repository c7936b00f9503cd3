internal import Autograd
internal import ContentAddressing
internal import Datasets
internal import PipelineSpec
internal import SafeTensors
internal import Settings
internal import Training

/// A trained model as `model.safetensors`: weights that PyTorch loads, and everything needed to use them.
///
/// The metadata contains the layers, the shape of a sample, the names of the classes and the normalization of
/// each value of a sample, so that the file alone can predict.
struct ModelFile {
  let description: ModelDescription
  let loss: any LossKind
  let classNames: [String]
  let inputShape: Shape
  /// `value = fma(x, scale, offset)`, one pair a channel.
  let scale: [Float]
  let offset: [Float]
  let tensors: [Training.NamedTensor]

  private static let schema = "pipeline.model/1"
  private static let layers = SettingType.list(Layer.setting)
  private static let losses = SettingType.kind(Loss.kinds)

  init(
    description: ModelDescription, loss: any LossKind, data: DatasetDescription,
    inputShape: Shape, tensors: [Training.NamedTensor]
  ) {
    self.description = description
    self.loss = loss
    classNames = data.classNames
    self.inputShape = inputShape
    scale = data.transform.scale
    offset = data.transform.offset
    self.tensors = tensors
  }

  /// The bytes of the file: the same for the same model.
  ///
  /// - Throws: ``CanonicalError`` for a description that has no canonical form.
  func encoded() throws -> [UInt8] {
    let metadata = [
      "schema": Self.schema, "numerics": StepLibrary.numericsVersion,
      "layers": try Self.text(CanonicalValue(Self.layers.encode(description.layers, .complete))),
      "loss": try Self.text(CanonicalValue(Self.losses.encode(loss, .complete))),
      "input": try Self.text(.array(inputShape.extents.map { .integer($0) })),
      "class_names": try Self.text(.array(classNames.map { .string($0) })),
      "scale": try Self.text(.array(scale.map { .double(Double($0)) })),
      "offset": try Self.text(.array(offset.map { .double(Double($0)) })),
    ]
    return TensorFile(
      tensors: tensors.map {
        SafeTensors.NamedTensor(name: $0.name, shape: $0.shape.extents, floats: $0.values)
      }, metadata: metadata
    ).encoded()
  }

  /// Reads a model that ``encoded()`` wrote.
  ///
  /// - Throws: ``SafeTensorsError``; ``ModelFileError`` or ``SettingsError`` for a file with other content.
  init(bytes: [UInt8]) throws {
    let file = try TensorFile(bytes: bytes)
    guard file.metadata["schema"] == Self.schema else { throw ModelFileError(field: "schema") }
    func value(_ field: String) throws(ModelFileError) -> CanonicalValue {
      guard let text = file.metadata[field],
        let value = try? CanonicalValue(canonicalBytes: Array(text.utf8))
      else { throw ModelFileError(field: field) }
      return value
    }
    func list<Element>(
      _ field: String, _ read: (CanonicalValue) -> Element?
    ) throws(ModelFileError) -> [Element] {
      guard let elements = try value(field).array?.map(read),
        !elements.contains(where: { $0 == nil })
      else { throw ModelFileError(field: field) }
      return elements.compactMap { $0 }
    }
    description = ModelDescription(
      try Self.layers.decode(SettingValue(try value("layers")), "layers"))
    loss = try Self.losses.decode(SettingValue(try value("loss")), "loss")
    inputShape = Shape(try list("input") { $0.integer.flatMap { $0 > 0 ? $0 : nil } })
    classNames = try list("class_names", \.string)
    scale = try list("scale") { $0.double.map { Float($0) } }
    offset = try list("offset") { $0.double.map { Float($0) } }
    tensors = try file.tensors.map { tensor in
      guard let floats = tensor.floats else { throw ModelFileError(field: tensor.name) }
      return Training.NamedTensor(name: tensor.name, shape: Shape(tensor.shape), values: floats)
    }
  }

  private static func text(_ value: CanonicalValue) throws -> String {
    String(decoding: try value.canonicalBytes(), as: UTF8.self)
  }

  /// The model with its weights.
  ///
  /// - Throws: ``ModelError`` or ``TrainingError`` if layers and weights do not fit.
  func model() throws -> Model {
    // The initial weights are replaced at once; the seed does not matter.
    let model = try Model(description, input: inputShape, classes: classNames.count, seed: 0)
    try model.load(tensors)
    return model
  }
}

/// A safetensors file that is not one of our models.
struct ModelFileError: Error, CustomStringConvertible {
  /// The part that is missing or wrong.
  let field: String

  var description: String {
    "not a model that the step `train` wrote: “\(field)” is missing or wrong in its metadata"
  }
}
