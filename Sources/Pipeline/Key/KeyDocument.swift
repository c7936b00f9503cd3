public import ContentAddressing
internal import PipelineSpec

/// The document whose SHA-256 is the key of a step: everything that can change its result.
///
/// `pipeline-stepkey/1`, a line feed, then one canonical JSON object with these members:
///
/// | member | content |
/// |---|---|
/// | `dependencies` | versions of the arithmetic and of libraries that write bytes |
/// | `implementation` | the step's own version |
/// | `inputs` | the content of each input, by field |
/// | `outputs` | the declared names |
/// | `parameters` | every setting with the role `result` that differs from its default |
/// | `schema` | the version of the step's schema |
/// | `seed` | where the step declares randomness |
/// | `stages` | name, kind and key of each stage, where the step reads them all |
/// | `step` | the kind of step |
public struct KeyDocument: Sendable {
  /// The header that distinguishes these bytes from any other hashed document.
  public static let header = "pipeline-stepkey/1\n"

  /// The object under the header.
  public let value: CanonicalValue

  /// The bytes that are stored and hashed.
  public let bytes: [UInt8]

  /// The key: the SHA-256 of ``bytes``.
  public let key: Digest

  /// Describes one stage whose inputs are known.
  ///
  /// - Throws: ``CanonicalError`` for a value that has no canonical form.
  init(
    stage: StageSpec, step: any Step.Type, inputs: [String: Content], upstream: [UpstreamStage],
    seed: UInt64
  ) throws(CanonicalError) {
    var members: [String: CanonicalValue] = [
      "dependencies": .array(step.dependencies.map { .string($0) }),
      "implementation": .integer(step.implementationVersion),
      "inputs": .object(inputs.mapValues { .content($0) }),
      "outputs": .array(stage.outputs.map { .string($0) }),
      "parameters": stage.parameters.canonical(),
      "schema": .integer(stage.schema.version),
      "step": .string(stage.kind),
    ]
    if stage.schema.usesSeed { members["seed"] = .integer(Int(clamping: seed)) }
    if stage.schema.consumesAllStages {
      members["stages"] = .array(
        upstream.map { stage in
          ["name": .string(stage.name), "step": .string(stage.kind), "key": .digest(stage.key)]
        })
    }
    try self.init(value: .object(members))
  }

  private init(value: CanonicalValue) throws(CanonicalError) {
    self.value = value
    bytes = Array(Self.header.utf8) + (try value.canonicalBytes())
    key = Digest(of: bytes)
  }

  /// Reads a stored document back, or returns `nil` for bytes that are none.
  public init?(bytes: [UInt8]) {
    let header = Array(Self.header.utf8)
    guard bytes.starts(with: header),
      let value = try? CanonicalValue(canonicalBytes: Array(bytes.dropFirst(header.count)))
    else { return nil }
    self.value = value
    self.bytes = bytes
    key = Digest(of: bytes)
  }

  /// The kind of step that the document describes.
  public var kind: String { value["step"]?.string ?? "" }

  /// The document with the defaults that it omits, for comparison and reading.
  ///
  /// A document of an earlier release, which contained defaults, reads the same.
  public func completed(by catalog: StepCatalog) -> CanonicalValue {
    guard var members = value.object else { return value }
    members["parameters"] = members["parameters"].map {
      catalog.schemas.completed($0, of: kind)
    }
    return .object(members)
  }
}
