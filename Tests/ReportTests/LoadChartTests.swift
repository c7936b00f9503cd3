import ReportSamples
import Testing

@testable import Report

@Suite("The charts of what a run used")
struct LoadChartTests {
  private typealias GPU = RunFacts.GPU

  /// The charts of ten moments, each with the GPUs that `gpus` says of it.
  private func charts(_ gpus: (Int) -> [RunFacts.GPU]) -> [ChartView] {
    LoadCharts(
      (1...10).map {
        .init(seconds: Double($0), cores: 1, memoryBytes: 5_000_000, gpus: gpus($0))
      }
    ).views
  }

  /// The names of the lines of a chart.
  private func lines(_ chart: ChartView) -> [String] {
    chart.table.columns.dropFirst().map(\.name)
  }

  @Test("have none of GPUs where there are none, or where none did anything")
  func none() {
    #expect(charts { _ in [] }.map(\.title) == ["Busy cores", "Memory (MB)"])
    let idle = charts { _ in [GPU(busyPercent: 0, memoryBytes: 0), GPU()] }
    #expect(idle.map(\.title) == ["Busy cores", "Memory (MB)"])
  }

  @Test("have one of work and one of memory, with a line for each GPU that tells")
  func gpus() throws {
    let charts = charts { moment in
      moment == 1
        ? []
        : [
          GPU(busyPercent: 10 * moment, memoryBytes: 2_000_000), GPU(),
          GPU(busyPercent: moment == 5 ? nil : 0, memoryBytes: 0),
        ]
    }
    #expect(charts.map(\.title).suffix(2) == ["GPU (% busy)", "GPU memory (MB)"])
    for chart in charts.suffix(2) {
      #expect(chart.note == "Of the whole machine.")
      #expect(lines(chart) == ["GPU 0", "GPU 2"])
    }
    let busy = try #require(charts.first { $0.title == "GPU (% busy)" })
    #expect(busy.svg.contains(">GPU 2</text>"))
  }

  @Test(
    "draw the memory of GPUs that were never busy, and the work of those that hide their memory")
  func halves() {
    let memory = charts { _ in [GPU(busyPercent: 0, memoryBytes: 1_000_000)] }
    #expect(memory.map(\.title).last == "GPU memory (MB)" && memory.count == 3)
    let work = charts { _ in [GPU(busyPercent: 1)] }
    #expect(work.map(\.title).last == "GPU (% busy)" && work.count == 3)
  }

  @Test("name sixteen GPUs each, and of more the first that were used")
  func many() throws {
    let sixteen = try #require(charts { _ in gpus(16) { _ in 50 } }.last)
    #expect(lines(sixteen) == (0..<16).map { "GPU \($0)" })
    for number in 0..<16 { #expect(sixteen.svg.contains(">GPU \(number)</text>")) }
    #expect(sixteen.note == "Of the whole machine.")
    let all = try #require(charts { _ in gpus(100) { _ in 50 } }.last)
    #expect(lines(all) == lines(sixteen))
    #expect(
      all.note == "Of the whole machine. 16 of its 100 GPUs: the first that were used.")
    let late = try #require(charts { _ in gpus(100) { $0 < 97 ? 0 : 50 } }.last)
    #expect(lines(late) == ["GPU 97", "GPU 98", "GPU 99"])
  }

  private func gpus(_ count: Int, busy: (Int) -> Int) -> [RunFacts.GPU] {
    (0..<count).map { GPU(busyPercent: busy($0)) }
  }

  @Test("stand on the page of a run, and never in its artifact")
  func page() {
    let page = RunReport.html(SampleReports.classifier())
    #expect(page.contains("GPU (% busy)") && page.contains("GPU memory (MB)"))
    #expect(!RunReport.html(SampleReports.classifier(withFacts: false)).contains("GPU"))
  }
}
