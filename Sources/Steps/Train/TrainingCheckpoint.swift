internal import Autograd
internal import ContentAddressing
internal import SafeTensors
internal import Training

/// The state of a training between two steps, as a safetensors file.
///
/// Tensors: parameters and buffers under their own names, optimizer state as `<slot>.<parameter>`,
/// averages as `ema.<parameter>`, and `trace`, loss and gradient norm of every step so far. The position
/// is in the metadata, each Double as the hexadecimal digits of its bits, with `layers`, the
/// `layers.json` so far.
struct TrainingCheckpoint {
  let state: TrainingState
  let trace: TrainingTrace
  let layers: LayerHistory
  let stateDigests: [Digest]

  private static let schema = "pipeline.checkpoint/2"
  private static let traceName = "trace"

  init(
    state: TrainingState, trace: TrainingTrace, layers: LayerHistory, stateDigests: [Digest]
  ) {
    self.state = state
    self.trace = trace
    self.layers = layers
    self.stateDigests = stateDigests
  }

  func encoded() -> [UInt8] {
    var tensors = [
      ("model", state.model), ("optimizer", state.optimizer), ("average", state.average),
    ].flatMap { group, tensors in
      tensors.map {
        SafeTensors.NamedTensor(
          name: "\(group)/\($0.name)", shape: $0.shape.extents, floats: $0.values)
      }
    }
    tensors.append(
      SafeTensors.NamedTensor(
        name: Self.traceName, shape: [trace.count, 2], floats: trace.values))
    var metadata = state.progress.fields
    metadata["schema"] = Self.schema
    metadata["layers"] = layers.value.plainJSON()
    metadata["states"] = stateDigests.map(\.hex).joined(separator: " ")
    metadata["order"] = [state.model, state.optimizer, state.average]
      .map { $0.map(\.name).joined(separator: " ") }.joined(separator: "\n")
    return TensorFile(tensors: tensors, metadata: metadata).encoded()
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: ``SafeTensorsError`` or ``TrainingError`` if the bytes are not a checkpoint.
  init(bytes: [UInt8]) throws {
    let file = try TensorFile(bytes: bytes)
    let groups = (file.metadata["order"] ?? "").split(
      separator: "\n", omittingEmptySubsequences: false)
    guard file.metadata["schema"] == Self.schema, groups.count == 3,
      let trace = file[Self.traceName]?.floats, trace.count % 2 == 0
    else { throw Damage() }
    func tensors(_ group: String, _ index: Int) throws(Damage) -> [Training.NamedTensor] {
      var result: [Training.NamedTensor] = []
      for name in groups[index].split(separator: " ") {
        guard let tensor = file["\(group)/\(name)"], let values = tensor.floats else {
          throw Damage()
        }
        result.append(
          Training.NamedTensor(name: String(name), shape: Shape(tensor.shape), values: values))
      }
      return result
    }
    state = TrainingState(
      model: try tensors("model", 0), optimizer: try tensors("optimizer", 1),
      average: try tensors("average", 2), progress: try TrainingProgress(fields: file.metadata))
    self.trace = TrainingTrace(values: trace)
    layers = try LayerHistory(bytes: Array((file.metadata["layers"] ?? "").utf8))
    stateDigests = (file.metadata["states"] ?? "").split(separator: " ").compactMap {
      Digest(hex: $0)
    }
    guard stateDigests.count == state.progress.epoch,
      layers.epochs.count == state.progress.epoch, self.trace.count == state.progress.globalStep
    else { throw Damage() }
  }

  /// The bytes are no checkpoint of this format.
  private struct Damage: Error {}
}

extension TrainingState {
  /// The SHA-256 of all tensors, each as its name, a zero byte, and its elements little-endian.
  var digest: Digest {
    var digester = Digester()
    for tensor in tensors {
      digester.update(Array(tensor.name.utf8) + [0])
      let named = SafeTensors.NamedTensor(
        name: tensor.name, shape: tensor.shape.extents, floats: tensor.values)
      digester.update(named.bytes)
    }
    return digester.digest()
  }
}
