extension Comparison {
  /// The association of settings and metrics, as the page's section "Effects of settings" has it.
  public struct Effects: Sendable, Hashable {
    /// One setting beside one metric; a number is absent where it cannot be computed.
    public struct Effect: Sendable, Hashable {
      /// Spearman's ρ, for a setting of numbers.
      public var correlation: Double?
      /// ε², the part of the metric's variance between the values of any other setting.
      public var share: Double?
    }

    /// A setting and its effects, one for each metric.
    public struct Setting: Sendable, Hashable {
      public var name: String
      public var effects: [Effect]
    }

    /// The metrics with a direction, at most four.
    public var metrics: [String]
    /// The settings that differ and have an effect to show, the strongest on the first metric first.
    public var settings: [Setting]
  }

  /// Computes the effects: `nil` with fewer than five runs, other test data or no setting that varies.
  func measuredEffects() -> Effects? {
    guard let effects = SettingEffects(self) else { return nil }
    let differing = settings.filter(\.differs).map(\.name)
    let paths = Dictionary(
      zip(RunLabels.shortNames(differing), differing), uniquingKeysWith: { first, _ in first })
    return Effects(
      metrics: effects.metrics.map(\.name),
      settings: effects.rows.map { row in
        Effects.Setting(
          name: paths[row.name] ?? row.name,
          effects: row.effects.map { effect in
            switch effect {
            case .correlation(let value): Effects.Effect(correlation: value, share: nil)
            case .share(let value): Effects.Effect(correlation: nil, share: value)
            case nil: Effects.Effect(correlation: nil, share: nil)
            }
          })
      })
  }
}
