/// One alternative of a choice as data: a kind, with its settings.
public struct Choice: Sendable {
  public let name: String

  /// The settings of this alternative.
  public let fields: [Field]

  /// The field that a bare value fills: with `features`, `{linear: 128}` is `{linear: {features: 128}}`.
  public let shorthand: String?

  /// One sentence for the reference.
  public let summary: String

  /// - Precondition: `shorthand` names one of the fields.
  public init(
    _ name: String, fields: [Field] = [], shorthand: String? = nil, summary: String
  ) {
    precondition(
      shorthand == nil || fields.contains { $0.name == shorthand },
      "the shorthand of \(name) names no field")
    self.name = name
    self.fields = fields
    self.shorthand = shorthand
    self.summary = summary
  }

  /// The field that a bare value fills.
  package var shorthandField: Field? { fields.first { $0.name == shorthand } }

  /// Whether the alternative cannot be named alone.
  package var needsSettings: Bool { fields.contains(where: \.isRequired) }
}
