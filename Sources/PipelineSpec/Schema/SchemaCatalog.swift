public import Settings

/// All steps that a spec may name, and the types they share.
public struct SchemaCatalog: Sendable {
  public let steps: [StepSchema]

  /// The types that ``FieldType/named(_:)`` refers to.
  public let types: [String: FieldType]

  public init(steps: [StepSchema], types: [String: FieldType] = [:]) {
    self.steps = steps
    self.types = types
  }

  /// The step with this kind.
  public subscript(kind: String) -> StepSchema? { steps.first { $0.kind == kind } }

  /// The type behind a name, or the type itself.
  ///
  /// A name that is not registered, or that leads back to itself, is a type without values: a spec that
  /// comes to it is refused, and ``problems()`` reports it to the owner of the catalog.
  func resolved(_ type: FieldType) -> FieldType {
    var type = type
    for _ in 0...types.count {
      guard case .named(let name) = type else { return type }
      guard let target = types[name] else { break }
      type = target
    }
    return .union([])
  }
}
