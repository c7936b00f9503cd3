internal import Autograd

/// Arrays by name, checked to be exactly the ones that are expected.
struct TensorTable {
  private let values: [String: [Float]]

  /// Checks names and shapes.
  init(
    _ tensors: [NamedTensor], expected: [(name: String, shape: Shape)]
  ) throws(TrainingError) {
    var given: [String: NamedTensor] = [:]
    for tensor in tensors { given[tensor.name] = tensor }
    var values: [String: [Float]] = [:]
    for (name, shape) in expected {
      guard let tensor = given.removeValue(forKey: name), tensor.shape == shape,
        tensor.values.count == shape.count
      else { throw TrainingError(.missingTensor(name: name)) }
      values[name] = tensor.values
    }
    if let unknown = tensors.first(where: { given[$0.name] != nil }) {
      throw TrainingError(.unknownTensor(name: unknown.name))
    }
    self.values = values
  }

  /// The elements of an array that was expected.
  subscript(name: String) -> [Float] { values[name] ?? [] }
}
