import ContentAddressing
import Pipeline
import PipelineSpec
import Steps

/// A step with the schema and the versions of a real one, which only writes down what it was given.
///
/// Its outputs differ exactly where a key differs, and take no time.
struct EchoStep<Real: Step>: Step {
  static var schema: StepSchema { Real.schema }
  static var implementationVersion: Int { Real.implementationVersion }
  static var dependencies: [String] { Real.dependencies }

  private let parameters: SpecRecord

  init(_ parameters: SpecRecord) { self.parameters = parameters }

  /// Saves a checkpoint before it looks whether it is to stop, and goes on from it the next time.
  func run(in context: StepContext) throws -> StepResult {
    let hasResumed = try context.checkpoints.resume { _ in true }
    if !hasResumed { try context.checkpoints.save(order: 1, position: ["step": 1], bytes: [1]) }
    try context.cancellation.check()
    let given: CanonicalValue = [
      "parameters": parameters.canonical(), "seed": .integer(Int(context.seed)),
      "inputs": .object(
        Dictionary(
          uniqueKeysWithValues: try context.inputs.names.map {
            ($0, .content(try context.inputs.content($0)))
          })),
    ]
    for name in outputNames {
      try context.outputs.put(name, try given.canonicalBytes() + Array(name.utf8))
    }
    return StepResult(metrics: ["accuracy": .double(0.5)])
  }

  private var outputNames: [String] {
    switch Self.schema.outputs {
    case .fixed(let names): names
    case .keys(let field): (parameters[field]?.map ?? []).map(\.key)
    case .items(let field): (parameters[field]?.list ?? []).compactMap(\.string)
    }
  }
}

extension StepCatalog {
  /// The steps of the product, each as its echo.
  static let echoes = StepCatalog(
    StepLibrary.catalog.schemas.steps.compactMap { schema in
      StepLibrary.catalog[schema.kind].map { echo($0) }
    }, types: StepLibrary.catalog.schemas.types)

  private static func echo<Real: Step>(_ step: Real.Type) -> any Step.Type { EchoStep<Real>.self }
}
