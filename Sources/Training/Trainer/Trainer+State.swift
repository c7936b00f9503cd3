internal import Autograd
internal import KernelInterface

extension Trainer {
  /// All that is needed to go on from here with the same bits.
  ///
  /// - Throws: ``TrainingError`` with the code `nonFiniteWeight` if a parameter or buffer is not finite.
  /// - Complexity: O(*n*) in the parameters.
  public func exportState() throws(TrainingError) -> TrainingState {
    try checkWeights()
    let arena = optimizer.arena
    var state = TrainingState(model: modelTensors, optimizer: [], progress: progress)
    for (slot, storage) in zip(optimizer.kind.slots, optimizer.slots) {
      state.optimizer += tensors(of: storage, prefix: slot, in: arena)
    }
    if let average { state.average = tensors(of: average, prefix: "ema", in: arena) }
    return state
  }

  /// The parameters and buffers under PyTorch's names; those of the moving average where one is kept are in ``averageTensors``.
  public var modelTensors: [NamedTensor] {
    model.parameters.map { NamedTensor(name: $0.name, shape: $0.shape, values: $0.values) }
  }

  /// The moving averages of the parameters beside the buffers as they are, under the parameters' own names.
  public var averageTensors: [NamedTensor]? {
    guard let average else { return nil }
    let averages = Dictionary(
      uniqueKeysWithValues: zip(
        optimizer.arena.parameters.map(\.name), optimizer.arena.unpacked(average)))
    return model.parameters.map {
      NamedTensor(name: $0.name, shape: $0.shape, values: averages[$0.name] ?? $0.values)
    }
  }

  /// Puts the run where a state was exported.
  ///
  /// - Throws: ``TrainingError`` if an array is missing, unknown or of another shape, or the position lies outside of the run;
  ///   then nothing has changed.
  public func restore(_ state: TrainingState) throws(TrainingError) {
    let arena = optimizer.arena
    var expected: [(name: String, shape: Shape)] = model.parameters.map { ($0.name, $0.shape) }
    for slot in optimizer.kind.slots + (average == nil ? [] : ["ema"]) {
      expected += arena.parameters.map { ("\(slot).\($0.name)", $0.shape) }
    }
    let given = try TensorTable(state.tensors, expected: expected)
    let progress = state.progress
    guard progress.epoch >= 0, progress.epoch <= configuration.epochs, progress.stepInEpoch >= 0,
      progress.stepInEpoch <= stepsPerEpoch,
      progress.globalStep == progress.epoch * stepsPerEpoch + progress.stepInEpoch,
      progress.history.count == progress.epoch
    else { throw TrainingError(.positionOutOfRange) }
    for parameter in model.parameters { parameter.values = given[parameter.name] }
    let blocks =
      Array(zip(optimizer.kind.slots, optimizer.slots))
      + (average.map { [("ema", $0)] } ?? [])
    for (slot, storage) in blocks {
      for (index, parameter) in arena.parameters.enumerated() {
        arena.pack(given["\(slot).\(parameter.name)"], of: index, into: storage)
      }
    }
    optimizer.stepCount = progress.globalStep
    self.progress = progress
  }

  /// Checks that every parameter and buffer is finite.
  func checkWeights() throws(TrainingError) {
    for parameter in model.parameters {
      let value = parameter.value
      guard template.kernels.allFinite(value) else {
        throw TrainingError(
          .nonFiniteWeight(name: parameter.name), epoch: progress.epoch,
          step: progress.stepInEpoch)
      }
    }
  }

  private func tensors(
    of storage: FloatStorage, prefix: String, in arena: ParameterArena
  ) -> [NamedTensor] {
    zip(arena.parameters, arena.unpacked(storage)).map { parameter, values in
      NamedTensor(name: "\(prefix).\(parameter.name)", shape: parameter.shape, values: values)
    }
  }
}
