/// Small multiples of how weights and gradients were spread, as the template shows them.
struct SpreadView {
  struct Group {
    var groupName: String
    var groupNote: String
    var plots: [Plot]
    var table: TableView
    /// The groups beyond the first screens are folded away.
    var more: [Plot]
    var hasMore: Bool
    var moreLabel: String
  }

  struct Plot {
    var name: [String]
    var svg: String
  }

  /// The plots of each kind that stand open.
  static let open = 8
  /// The most rows of the tables beside the plots.
  static let rowLimit = 400

  var spreadGroups: [Group]

  init?(_ spreads: [ParameterSpread]) {
    let recorded = spreads.filter { !$0.positions.isEmpty }
    guard !recorded.isEmpty else { return nil }
    // Matrices first: what biases do is seldom the question.
    let ordered =
      recorded.filter { $0.name.hasSuffix("weight") }
      + recorded.filter { !$0.name.hasSuffix("weight") }
    spreadGroups = [
      Self.group(
        "Weights",
        "Bands hold all, nine tenths and half of the values; the line is the median. At "
          + "the right the histogram of the last epoch.", id: "w", ordered, \.weights),
      Self.group(
        "Gradients", "Of the last batch of each epoch, before it is clipped.", id: "g", ordered,
        \.gradients),
    ]
  }

  private static func group(
    _ name: String, _ note: String, id: String, _ spreads: [ParameterSpread],
    _ values: (ParameterSpread) -> [ParameterSpread.Histogram]
  ) -> Group {
    let plots = spreads.enumerated().map { index, spread in
      Plot(
        name: Text.segments(spread.name),
        svg: SpreadChart(
          id: "spread-\(id)-\(index)", title: "\(name) of \(spread.name)",
          positions: spread.positions, histograms: values(spread)
        ).svg().text)
    }
    let more = Array(plots.dropFirst(open))
    return Group(
      groupName: name, groupNote: note, plots: Array(plots.prefix(open)),
      table: table(name, spreads, values), more: more, hasMore: !more.isEmpty,
      moreLabel: "\(Text.counted(more.count, "more parameter"))")
  }

  private static func table(
    _ name: String, _ spreads: [ParameterSpread],
    _ values: (ParameterSpread) -> [ParameterSpread.Histogram]
  ) -> TableView {
    let shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    let epochs = max(rowLimit / spreads.count, 2)
    return TableView(
      tableName: "\(name): quantiles of each parameter",
      columns: [.init(name: "Parameter"), .init(name: "epoch", isNumber: true)]
        + ["least", "5%", "25%", "median", "75%", "95%", "greatest"].map {
          .init(name: $0, isNumber: true)
        },
      rows: spreads.flatMap { spread -> [TableView.Row] in
        let all = values(spread)
        let chosen =
          all.count <= epochs
          ? Array(all.indices) : (0..<epochs).map { $0 * (all.count - 1) / (epochs - 1) }
        return chosen.map { index in
          TableView.Row(
            cells: [
              .head(spread.name), .number(NumberText.significant(spread.positions[index], 7)),
            ] + shares.map { .number(NumberText.significant(all[index].quantile($0), 4)) })
        }
      })
  }
}
