extension Comparison {
  /// Which settings went with which metric, as the page's section "What mattered" has it.
  public struct Effects: Sendable, Hashable, Encodable {
    /// What a random forest found of one metric.
    public struct Forest: Sendable, Hashable, Encodable {
      /// The runs that it learned from.
      public var runs: Int
      /// R² of runs that a tree did not see: the share of their variance that was foretold.
      public var explained: Double
      /// Whether that is more than pure noise reaches nineteen times in twenty; if not, importances mean nothing.
      public var isMoreThanChance: Bool
    }

    /// One setting beside one metric; a number is absent where it cannot be had.
    public struct Effect: Sendable, Hashable, Encodable {
      /// Spearman's ρ, for a setting of numbers.
      public var correlation: Double?
      /// ε², the part of the metric's variance between the values of any other setting.
      public var share: Double?
      /// The share of the variance that the forest loses where the setting's values are shuffled.
      public var importance: Double?
    }

    /// A setting and its effects, one for each metric.
    public struct Setting: Sendable, Hashable, Encodable {
      public var name: String
      public var effects: [Effect]
    }

    /// The metrics with a direction, at most four.
    public var metrics: [String]
    /// The settings that differ and have an effect to show, the strongest on the first metric first.
    public var settings: [Setting]
    /// For each metric; `null` with fewer than ten runs, or where the metric is always the same.
    public var forests: [Forest?]
  }

  /// Computes the effects: `nil` with fewer than five runs, other test data or no setting that varies.
  func measuredEffects() -> Effects? {
    guard let single = SettingEffects(self) else { return nil }
    let forest = ForestEffects(self, metrics: single.metrics)
    let differing = settings.filter(\.differs).map(\.name)
    let paths = Dictionary(
      zip(RunLabels.shortNames(differing), differing), uniquingKeysWith: { first, _ in first })
    let rows = Dictionary(
      single.rows.map { ($0.name, $0.effects) }, uniquingKeysWith: { first, _ in first })
    let more = forest.names.filter { name in
      rows[name] == nil && forest.findings.contains { $0?.importances[name] != nil }
    }
    return Effects(
      metrics: single.metrics.map(\.name),
      settings: (single.rows.map(\.name) + more).map { name in
        Effects.Setting(
          name: paths[name] ?? name,
          effects: single.metrics.indices.map { metric in
            effect(
              rows[name]?[metric],
              importance: forest.findings[metric]?.importances[name].flatMap {
                $0.isFinite ? $0 : nil
              })
          })
      },
      forests: forest.findings.map { finding in
        finding.map {
          Effects.Forest(
            runs: $0.runCount, explained: $0.explained, isMoreThanChance: $0.isMoreThanChance)
        }
      })
  }

  private func effect(_ single: SettingEffects.Effect?, importance: Double?) -> Effects.Effect {
    switch single {
    case .correlation(let value):
      Effects.Effect(correlation: value, share: nil, importance: importance)
    case .share(let value): Effects.Effect(correlation: nil, share: value, importance: importance)
    case nil: Effects.Effect(correlation: nil, share: nil, importance: importance)
    }
  }
}
