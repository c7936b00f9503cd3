/// What a run used over its time, as charts; what was never used has none.
struct LoadCharts {
  /// One chart before it is drawn.
  private struct Part {
    var title: String
    var name: String
    /// What is measured, where it is not the process; then a chart of next to nothing is left out.
    var note: String?
    var lines: [(name: String, values: [Double])]

    /// Whether something is worth a chart: a byte a second now and then is the machine's own noise.
    var isUsed: Bool { note == nil || lines.contains { $0.values.contains { $0 >= 0.01 } } }
  }

  /// The most GPUs of one chart: more names than these have no room at the ends of lines.
  static let gpuLimit = 16

  let load: [RunFacts.Load]

  init(_ load: [RunFacts.Load]) { self.load = load }

  /// The charts, in the order in which the page has them.
  var views: [ChartView] {
    guard load.count > 2 else { return [] }
    let seconds = load.map(\.seconds)
    return (process + gpus).filter(\.isUsed).map { part in
      let curve = Curve(
        name: part.title, axis: "second", goal: .none,
        series: part.lines.map { line in
          CurveSeries(name: line.name, positions: seconds, values: line.values)
        })
      var chart = CurveChart(id: "load-\(part.name)", curve: curve)
      chart.note = part.note
      return chart.view
    }
  }

  private var process: [Part] {
    [
      Part(title: "busy cores", name: "cores", lines: [("cores", load.map(\.cores))]),
      Part(
        title: "memory (MB)", name: "memory",
        lines: [("memory", megabytes { Double($0.memoryBytes) })]),
      Part(
        title: "disk (MB/s)", name: "disk",
        note: "Of this process, beside what the page cache answered.",
        lines: [
          ("read", megabytes(\.traffic.diskRead)), ("written", megabytes(\.traffic.diskWritten)),
        ]),
      Part(
        title: "network (MB/s)", name: "network", note: "Of the whole machine.",
        lines: [("received", megabytes(\.traffic.received)), ("sent", megabytes(\.traffic.sent))]),
    ]
  }

  private var gpus: [Part] {
    let places = 0..<(load.map(\.gpus.count).max() ?? 0)
    // A machine with more of them than a chart can name shows those that did something.
    let shown =
      places.count <= Self.gpuLimit
      ? Array(places) : Array(places.filter(isUsed).prefix(Self.gpuLimit))
    let note =
      "Of the whole machine."
      + (shown.count < places.count
        ? " \(shown.count) of its \(places.count) GPUs: the first that were used." : "")
    let lines = { (values: (Int) -> [Double]) in
      shown.map { ("GPU \($0)", values($0)) }.filter { $0.1.contains(where: \.isFinite) }
    }
    return [
      Part(
        title: "GPU (% busy)", name: "gpu", note: note,
        lines: lines { place in
          load.map { $0.gpu(place)?.busyPercent.map(Double.init) ?? .nan }
        }),
      Part(
        title: "GPU memory (MB)", name: "gpu-memory", note: note,
        lines: lines { place in megabytes { $0.gpu(place)?.memoryBytes.map(Double.init) } }),
    ]
  }

  private func isUsed(_ place: Int) -> Bool {
    load.contains { moment in
      guard let gpu = moment.gpu(place) else { return false }
      return gpu.busyPercent ?? 0 > 0 || gpu.memoryBytes ?? 0 > 0
    }
  }

  private func megabytes(_ bytes: (RunFacts.Load) -> Double?) -> [Double] {
    load.map { (bytes($0) ?? .nan) / 1e6 }
  }
}

extension RunFacts.Load {
  fileprivate func gpu(_ place: Int) -> RunFacts.GPU? {
    gpus.indices.contains(place) ? gpus[place] : nil
  }
}
