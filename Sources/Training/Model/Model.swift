public import Autograd

/// A model in memory: the modules that a description asks for, with named parameters drawn from a seed; or a module of one's own.
public struct Model: Module {
  /// The description that the model was made from; without layers where that was a module.
  public let description: ModelDescription
  /// Layers, shapes and parameter counts; of a module of one's own only the shape of its input.
  public let summary: ModelSummary
  private let body: any Module

  /// Builds the modules and draws their parameters.
  ///
  /// - Parameters:
  ///   - description: The layers.
  ///   - input: The shape of one sample.
  ///   - classes: The numbers that must come out; nil allows any.
  ///   - seed: The seed; each parameter is drawn by (seed, its name), so that another layer shifts nothing.
  /// - Throws: ``ModelError`` if the layers do not fit together.
  public init(
    _ description: ModelDescription, input: Shape, classes: Int? = nil, seed: UInt64
  ) throws(ModelError) {
    self.description = description
    summary = try description.inferShapes(input: input)
    if let classes, summary.output != [classes] {
      throw ModelError(
        .outputs(expected: classes), path: [description.layers.count - 1],
        layer: summary.layers.last?.name ?? "model", input: summary.output)
    }
    body = Sequential(summary.layers, under: [], seed: seed)
  }

  /// Makes a model of a module of one's own, to be trained, evaluated and asked like any other.
  ///
  /// - Parameters:
  ///   - module: A function from a batch of samples, `[N] + input`, to one row of outputs for each, `[N, outputs]`.
  ///   - input: The shape of one sample.
  /// - Throws: ``ModelError`` with the code `duplicateParameter` if two parameters or buffers bear one name.
  public init(_ module: any Module, input: Shape) throws(ModelError) {
    description = []
    summary = ModelSummary(input: input, layers: [])
    body = module
    var seen: Set<String> = []
    for parameter in module.parameters where !seen.insert(parameter.name).inserted {
      throw ModelError(
        .duplicateParameter(parameter.name), path: [], layer: "model", input: input)
    }
  }

  /// Checks that one number per class comes out, by recording what the model does to one sample.
  func requireOutputs(_ classes: Int, on template: Tape) throws(ModelError) {
    let tape = Tape(workers: template.workers, kernels: template.kernelSet)
    tape.runsOnRecord = false
    let output = body(tape.input(shape: summary.input.batch(of: 1))).shape
    guard output == [1, classes] else {
      throw ModelError(
        .outputs(expected: classes), path: [], layer: "model", input: output.sample)
    }
  }

  /// All parameters and buffers, in the order in which they are saved.
  public var parameters: [Parameter] { body.parameters }

  /// Applies the model to a batch.
  public func callAsFunction(_ x: Tensor) -> Tensor { body(x) }
}

extension Sequential {
  /// The modules of the layers right under a place: the model's own list, or one inside a residual.
  fileprivate init(_ rows: [LayerSummary], under path: [Int], seed: UInt64) {
    self.init(
      rows.filter { $0.path.count == path.count + 1 && $0.path.starts(with: path) }
        .map { $0.makeModule(among: rows, seed: seed) })
  }
}

extension LayerSummary {
  /// The module of this layer; `rows` holds those of the layers inside it.
  fileprivate func makeModule(among rows: [LayerSummary], seed: UInt64) -> any Module {
    layer.kind.makeModule(
      LayerSite(
        name: name, input: input, seed: seed,
        branches: layer.branches(at: path).map { branch, path in
          branch.layers.isEmpty ? Sequential() : Sequential(rows, under: path, seed: seed)
        }))
  }
}
