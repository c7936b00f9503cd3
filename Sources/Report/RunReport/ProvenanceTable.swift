/// The table of stages with their keys, inputs and outputs.
enum ProvenanceTable {
  static func table(of stages: [StageSummary]) -> TableView {
    TableView(
      name: "Stages with their keys, inputs and outputs", look: "digests",
      columns: [
        .init(name: "Stage"), .init(name: "What"), .init(name: "Name"), .init(name: "SHA-256"),
        .init(name: "Size", isNumber: true),
      ], rows: stages.flatMap(rows))
  }

  private static func rows(_ stage: StageSummary) -> [TableView.Row] {
    let key = row(stage.name, "key", stage.kind, stage.key, "")
    let inputs = stage.inputs.map { input in
      row("", "input", input.stage.map { "\($0)/\(input.name)" } ?? input.name, input.digest, "")
    }
    let outputs = stage.outputs.map { output in
      row("", "output", output.name, output.digest, NumberText.bytes(output.byteCount))
    }
    return [key] + inputs + outputs
  }

  private static func row(
    _ stage: String, _ what: String, _ name: String, _ digest: String, _ size: String
  ) -> TableView.Row {
    let digest = digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest
    return [
      stage.isEmpty ? .init(text: "") : .head(stage), .init(text: what),
      .init(text: name, look: "long"), .init(text: digest, look: "mono digest full"),
      .number(size),
    ]
  }
}
