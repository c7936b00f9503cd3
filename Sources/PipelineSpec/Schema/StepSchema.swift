public import Settings

/// Which outputs a stage of some step has.
public enum OutputRule: Sendable {
  /// Always these.
  case fixed([String])
  /// The keys of the map in this field.
  case keys(of: String)
  /// The texts of the list in this field.
  case items(of: String)
}

/// The settings and outputs of one kind of step as data.
public struct StepSchema: Sendable {
  /// The word after `step:`.
  public let kind: String

  /// The version of this description; it enters the key.
  public let version: Int

  /// One sentence for the reference.
  public let summary: String

  /// The settings besides `step` and `seed`.
  public let fields: [Field]

  public let outputs: OutputRule

  /// Whether the step draws random numbers, so that its stages may set `seed:`.
  public let usesSeed: Bool

  /// Whether a stage takes the outputs of all other stages without naming them.
  public let consumesAllStages: Bool

  /// The rules between fields.
  ///
  /// It is called with a record in which each field by itself is right.
  public let check: @Sendable (SpecRecord) -> [Complaint]

  public init(
    kind: String, version: Int, summary: String, fields: [Field], outputs: OutputRule,
    usesSeed: Bool = false, consumesAllStages: Bool = false,
    check: @escaping @Sendable (SpecRecord) -> [Complaint] = { _ in [] }
  ) {
    self.kind = kind
    self.version = version
    self.summary = summary
    self.fields = fields
    self.outputs = outputs
    self.usesSeed = usesSeed
    self.consumesAllStages = consumesAllStages
    self.check = check
  }
}

extension StepSchema {
  /// The schema of a step that is declared as a ``Described`` type.
  public init<Step: Described>(
    of step: Step.Type, version: Int, outputs: OutputRule, usesSeed: Bool = false,
    consumesAllStages: Bool = false
  ) {
    self.init(
      kind: step.word, version: version, summary: step.summary,
      fields: step.settings.map(\.field), outputs: outputs, usesSeed: usesSeed,
      consumesAllStages: consumesAllStages,
      check: { settings in
        do throws(SettingsError) {
          _ = try Step(decoding: settings.value)
          return []
        } catch {
          return error.complaints
        }
      })
  }

  /// All settings of a stage but `step`: the seed where the step draws random numbers, and the fields.
  var stageFields: [Field] { (usesSeed ? [Self.seed] : []) + fields }

  static let seed = Field(
    "seed", seedType, .optional, summary: "The seed of this stage in place of that of the spec.")

  /// What a seed may be, of a stage or of the spec.
  static let seedType = FieldType.integer(atLeast: 0)
}
