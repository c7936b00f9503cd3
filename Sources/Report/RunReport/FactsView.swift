/// What was true of one run only, as the template shows it.
struct FactsView {
  var stageTimes: TableView
  var throughput: ChartView?
  var environment: TableView

  init(_ facts: RunFacts) {
    let longest = facts.stages.map(\.seconds).max() ?? 0
    stageTimes = TableView(
      tableName: "Stages of this run",
      columns: [
        .init(name: "Stage"), .init(name: "State"), .init(name: "Time", isNumber: true),
      ],
      rows: facts.stages.map { stage in
        TableView.Row(cells: [
          .head(stage.name), .init(text: stage.state.rawValue, isPill: true),
          .number(
            NumberText.duration(stage.seconds),
            bar: RateBar(part: longest > 0 ? stage.seconds / longest : 0).svg()),
        ])
      },
      footer: [
        TableView.Row(cells: [
          .head("Whole run"), .init(text: ""), .number(NumberText.duration(facts.seconds)),
        ])
      ])
    throughput = facts.samplesPerSecond.count > 1 ? Self.chart(facts) : nil
    let command = facts.command.map { [Fact(name: "Command", value: $0)] } ?? []
    environment = TableView(
      tableName: "Environment",
      columns: [.init(name: "What"), .init(name: "Value")],
      rows: (command + facts.environment).map {
        TableView.Row(cells: [.head($0.name), .init(text: $0.value, cellClass: "long")])
      })
  }

  private static func chart(_ facts: RunFacts) -> ChartView {
    let curve = Curve(
      name: "throughput", goal: .maximize,
      series: [CurveSeries(name: "samples/s", values: facts.samplesPerSecond)])
    var chart = CurveChart(id: "throughput", curve: curve)
    chart.mayBeResumed = true
    chart.note = "Training samples a second, epoch by epoch."
    return chart.view
  }
}
