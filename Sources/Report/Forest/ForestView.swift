/// A forest's findings as the template `compare` shows them: a table where there is something to tell,
/// and in any case how much is explained.
struct ForestView {
  var forestNote: String
  var forestTable: TableView?

  init?(_ effects: ForestEffects) {
    guard effects.runCount >= ForestEffects.leastRuns else {
      forestNote =
        "A random forest is grown from \(ForestEffects.leastRuns) runs on; these are "
        + "\(effects.runCount), too few to tell a setting from chance."
      return
    }
    let known = zip(effects.metrics, effects.findings).compactMap { metric, finding in
      finding.map { (name: metric.name, finding: $0) }
    }
    guard !known.isEmpty else { return nil }
    let silent = known.filter { !$0.finding.isMoreThanChance }
    let words = silent.map { "\($0.name) (R² \(Self.words($0.finding.explained)))" }
    forestNote =
      (silent.count < known.count ? Self.explanation : "")
      + (silent.isEmpty
        ? ""
        : "\(silent.count < known.count ? " " : "")The forest explains nothing of \(Text.list(words)): "
          + "runs that it did not see it foretells no better than chance does.")
    guard silent.count < known.count else { return }
    forestTable = Self.table(effects)
  }

  private static let explanation =
    "\(RandomForest.treeCount) trees that each learned from a part of the runs and foretold the others. "
    + "A number is the share of the variance that is lost where a setting's values are shuffled among "
    + "those others; R² is the share that was foretold at all."

  private static func table(_ effects: ForestEffects) -> TableView {
    TableView(
      tableName: "Importance of settings by a random forest",
      columns: [.init(name: "Setting")]
        + effects.metrics.map { .init(name: $0.name, isNumber: true) },
      rows: effects.names.map { name in
        TableView.Row(
          cells: [.head(name)]
            + effects.findings.map { finding in
              guard let finding, finding.isMoreThanChance, let part = finding.importances[name]
              else { return .number("–") }
              return .number(words(part), bar: RateBar(part: part).svg())
            })
      },
      footer: [
        TableView.Row(
          cells: [.head("R² of runs not seen")]
            + effects.findings.map { .number($0.map { words($0.explained) } ?? "–") })
      ])
  }

  /// Two decimals, with a minus where shuffling did no harm.
  private static func words(_ value: Double) -> String {
    let text = NumberText.fixed(value, decimals: 2)
    guard text.hasPrefix("-") else { return text }
    return text == "-0.00" ? "0.00" : "−" + text.dropFirst()
  }
}
