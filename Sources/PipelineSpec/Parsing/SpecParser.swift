/// Reads specs by a catalog of steps.
public struct SpecParser: Sendable {
  public let catalog: SchemaCatalog

  public init(catalog: SchemaCatalog) { self.catalog = catalog }

  /// Reads a spec.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - file: The name of the file for messages.
  ///   - overrides: Settings of the command line, `train.batch_size=128`, applied in this order.
  /// - Returns: The pipeline, with every value typed and every default filled in.
  /// - Throws: ``SpecError`` with all mistakes at once; syntax errors come alone.
  /// - Complexity: O(*n*) in the size of the file, with at most ``SpecLimits/nodes`` values.
  public func parse(
    _ bytes: [UInt8], file: String, overrides: [String] = []
  ) throws(SpecError) -> PipelineSpec {
    let sources = Sources(try SourceText(decoding: bytes, name: file))
    guard let composed = try NodeComposer.compose(sources) else {
      throw SpecError(
        "the file is empty", at: Place(source: 0, line: 1, column: 1), in: sources,
        notes: ["a spec begins with `version: \(PipelineSpec.newestVersion)`"])
    }
    try checkVersion(of: composed, sources)
    var root = composed
    var editor = OverrideEditor(catalog: catalog, sources: sources)
    for override in overrides { root = editor.apply(override, to: root) }
    var reader = SpecReader(catalog: catalog, sources: editor.sources, findings: editor.findings)
    return try reader.pipeline(root)
  }

  /// A spec of a newer language cannot be checked: report only that.
  private func checkVersion(of root: SpecNode, _ sources: Sources) throws(SpecError) {
    guard let pair = root.mappingPairs?.first(where: { $0.key == "version" }),
      case .scalar(let text, isPlain: true) = pair.value.kind,
      let version = Int(text), version > PipelineSpec.newestVersion
    else { return }
    throw SpecError(
      "version \(version) of the spec language is newer than this program, which reads version "
        + "\(PipelineSpec.newestVersion)",
      at: pair.value.place, in: sources, notes: ["a newer `pipeline` is needed to run this spec"])
  }
}
