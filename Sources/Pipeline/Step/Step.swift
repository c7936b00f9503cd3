public import PipelineSpec
public import Settings

/// One kind of work that a stage can do.
///
/// A step is a pure function of its ``StepContext``: the declared inputs, the parameters and the seed.
/// It has no other access to the outside, and two runs with the same key must write the same bytes.
///
/// Laws, checked by tests for every step of the catalog:
/// - Two runs in different folders, at different times, with different numbers of threads give the
///   same outputs.
/// - A run that was cancelled and resumed gives the outputs of an uninterrupted one.
/// - Bits that change without a higher ``implementationVersion`` fail the golden-digest test.
public protocol Step: Sendable {
  /// The settings of this step.
  static var schema: StepSchema { get }

  /// Raised whenever the same parameters and inputs give other bytes than before.
  static var implementationVersion: Int { get }

  /// Other versions that determine the bytes: of the arithmetic, of libraries that write files.
  ///
  /// Ordered, for example `["numerics f32-2", "hdf5 1.10.8"]`.
  static var dependencies: [String] { get }

  /// Creates the step from parameters that its schema has accepted.
  init(_ parameters: SpecRecord) throws

  /// Does the work.
  ///
  /// - Returns: The metrics of the stage.
  /// - Throws: ``StepFailure``, or any error of a library, which the runner describes as a failure of
  ///   the stage.
  func run(in context: StepContext) throws -> StepResult
}

/// What a step reports beside its outputs.
public struct StepResult: Sendable {
  /// Named numbers about the result, equal in every run with the same key.
  public var metrics: StageMetrics

  public init(metrics: StageMetrics = [:]) { self.metrics = metrics }
}

extension Step {
  public static var dependencies: [String] { [] }
}

extension Step where Self: Described {
  public init(_ parameters: SpecRecord) throws { try self.init(decoding: parameters.value) }
}

/// The kinds of steps that a spec can name.
public struct StepCatalog: Sendable {
  private let steps: [String: any Step.Type]

  /// The schemas of all steps, for the parser of specs.
  public let schemas: SchemaCatalog

  /// Creates a catalog.
  ///
  /// - Precondition: The kinds of the steps are distinct.
  public init(_ steps: [any Step.Type], types: [String: FieldType] = [:]) {
    self.steps = Dictionary(uniqueKeysWithValues: steps.map { ($0.schema.kind, $0) })
    schemas = SchemaCatalog(steps: steps.map { $0.schema }, types: types)
  }

  /// The step of the given kind, or `nil`.
  public subscript(kind: String) -> (any Step.Type)? { steps[kind] }
}
