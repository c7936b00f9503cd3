/// A metric as colour over two settings of numbers: a plane over each triangle of neighbouring runs.
///
/// The page shows it where there is no script; with one the same surface is drawn into the scatter, over
/// any settings. It passes through what was measured and ends where the runs end.
struct RunSurface {
  /// Where one run stands or several do.
  struct Place {
    var point: Triangulation.Point
    /// The mean of what the runs measured, from 0 to ``RunSurface/levels``.
    var level: Double
    var runs: [Int]
  }

  /// The number of the darkest shade; the lightest is 0.
  static let levels = 8

  let across: RunScatter.Axis
  let up: RunScatter.Axis
  let tint: RunScatter.Axis
  /// The least and the greatest of what is measured.
  let range: ClosedRange<Double>
  let letters: [String]
  let places: [Place]
  let triangulation: Triangulation

  /// The first two settings of numbers and the metric of the scatter.
  ///
  /// `nil` where there are fewer than two such settings, the metric is the same in every run, or no four
  /// places are apart from one line.
  init?(_ scatter: RunScatter) {
    let settings = scatter.axes.filter { $0.categories.isEmpty && !$0.isMetric }
    let tint = scatter.axes[scatter.y]
    guard settings.count > 1, tint.isMetric,
      let range = LineData.range(of: tint.values.compactMap { $0 }),
      range.lowerBound < range.upperBound
    else { return nil }
    (across, up, self.tint, self.range) = (settings[0], settings[1], tint, range)
    letters = scatter.runs.map(\.letter)
    places = Self.places(across, up, tint)
    triangulation = Triangulation(places.map(\.point))
    if places.count < 4 || triangulation.triangles.isEmpty { return nil }
  }

  /// Gathers the runs by where they stand, in the order of the first at each place.
  private static func places(
    _ across: RunScatter.Axis, _ up: RunScatter.Axis, _ tint: RunScatter.Axis
  ) -> [Place] {
    var places: [Place] = []
    for run in tint.values.indices {
      guard let x = across.place(ofRun: run), let y = up.place(ofRun: run),
        let level = level(ofRun: run, on: tint)
      else { continue }
      let point = Triangulation.Point(x: x, y: y)
      if let index = places.firstIndex(where: { $0.point == point }) {
        places[index].level += level
        places[index].runs.append(run)
      } else {
        places.append(Place(point: point, level: level, runs: [run]))
      }
    }
    for index in places.indices { places[index].level /= Double(places[index].runs.count) }
    return places
  }

  /// What a run measured, from 0 to ``levels``.
  static func level(ofRun run: Int, on tint: RunScatter.Axis) -> Double? {
    tint.place(ofRun: run).map { ($0 - 0.05) / 0.9 * Double(levels) }
  }

  /// The planes, cut into bands.
  var bands: SurfaceBands {
    SurfaceBands(
      triangulation.triangles.map { triangle in
        [triangle.a, triangle.b, triangle.c].map { corner in
          let place = places[corner]
          return .init(x: place.point.x, y: place.point.y, level: place.level)
        }
      })
  }

  var title: String { "\(tint.name) over \(across.name) and \(up.name)" }

  /// What the colours mean, and what the surface is.
  var note: String {
    let shared = places.contains { $0.runs.count > 1 }
    return
      "Colour: \(tint.name), from \(words(range.lowerBound)) (faint) to "
      + "\(words(range.upperBound)) (full). Between runs the surface is a plane over each triangle of "
      + "neighbours (Delaunay), a guess and no measurement"
      + (shared ? "; where several runs stand at one place, it passes through their mean" : "")
      + ". Lines join equal values, an eighth of the whole range apart."
  }

  /// A value of the metric beside a point, with as many digits as the page's script writes.
  func words(_ value: Double) -> String { tint.words(value, digits: 3) }
}
