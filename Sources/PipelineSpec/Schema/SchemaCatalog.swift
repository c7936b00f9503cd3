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
  /// - Precondition: The name is registered and does not lead back to itself.
  func resolved(_ type: FieldType) -> FieldType {
    var type = type
    for _ in 0...types.count {
      guard case .named(let name) = type else { return type }
      guard let target = types[name] else {
        preconditionFailure("the catalog has no type named \(name)")
      }
      type = target
    }
    preconditionFailure("the catalog has a type that is only a name for itself")
  }
}
