import FoundationEssentials
import ReportSamples
import Testing

@testable import Report

@Suite("The surface between runs")
struct RunSurfaceTests {
  @Test("takes the first two settings of numbers and the metric of the scatter")
  func axes() throws {
    let surface = try #require(Self.surface(SampleComparisons.runs(10)))
    #expect(surface.across.name == "batch_size" && surface.up.name == "learning_rate")
    #expect(surface.tint.name == "test accuracy" && surface.up.isLogarithmic)
    #expect(surface.title == "test accuracy over batch_size and learning_rate")
    #expect(surface.places.reduce(0) { $0 + $1.runs.count } == 10 && surface.places.count == 8)
    #expect(surface.note.contains("passes through their mean"))
  }

  @Test("passes through what the runs measured, through the mean where several stand at one place")
  func places() throws {
    // Runs 0 and 1 stand at one place.
    let surface = try #require(
      Self.surface(
        Self.model([
          ("1", "1", 0.2), ("1", "1", 0.6), ("1", "3", 0), ("2", "1", 1), ("2", "3", 0.5),
        ])))
    let levels = [3.2, 0, 8, 4]
    #expect(surface.places.map(\.runs) == [[0, 1], [2], [3], [4]])
    for (place, level) in zip(surface.places, levels) {
      #expect(abs(place.level - level) < 1e-9)
      // The corner stands in the band of its own level, and in no other.
      for (band, parts) in surface.bands.parts.enumerated() {
        let isThere = parts.joined().contains {
          $0.x == place.point.x && $0.y == place.point.y && $0.level == place.level
        }
        #expect(isThere == (band == Int(place.level.rounded())))
      }
    }
  }

  @Test("is a plane over each triangle, cut into bands without a gap", arguments: [10, 50])
  func planes(count: Int) throws {
    let surface = try #require(Self.surface(SampleComparisons.runs(count, epochs: 2)))
    let bands = surface.bands
    #expect(bands.parts.count == RunSurface.levels + 1)
    let whole = surface.triangulation.triangles.reduce(0) {
      $0 + surface.triangulation.turn($1.a, $1.b, $1.c)
    }
    let parts = bands.parts.joined().reduce(0) { sum, part in
      sum
        + zip(part, part.dropFirst() + part.prefix(1)).reduce(0) {
          $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y
        }
    }
    #expect(whole > 0.1 && abs(parts - whole) < 1e-12)
    for (band, parts) in bands.parts.enumerated() {
      for corner in parts.joined() {
        #expect(abs(corner.level - Double(band)) <= 0.5)
        #expect(abs(Self.level(of: surface, corner.x, corner.y) - corner.level) < 1e-9)
      }
    }
    for line in bands.isolines { #expect(line.count == 2 && line[0].level == line[1].level) }
  }

  @Test("stands in the page without a script, once, and its bytes do not change")
  func page() throws {
    let page = CompareReport.html(SampleComparisons.runs(10, epochs: 2))
    #expect(page.components(separatedBy: "<svg class=\"surface\"").count == 2)
    #expect(page.contains("<div class=\"without-js still\"><h3>test accuracy over batch_size and"))
    #expect(page.contains("aria-labelledby=\"surface-title surface-desc\""))
    #expect(page.contains(">A F</tspan><tspan class=\"measured\">, 89.00%</tspan>"))
    let svg = try #require(Self.surface(SampleComparisons.runs(10))).svg().text
    #expect(svg.components(separatedBy: "<circle").count == 11)
    #expect(svg == Self.surface(SampleComparisons.runs(10))?.svg().text)
    #expect(svg.contains("a plane over each of 8 triangles of neighbours"))
  }

  @Test("is absent where there is nothing to draw it over")
  func absent() {
    let four = [("1", "1", 0.2), ("1", "3", 0), ("2", "1", 1), ("2", "3", 0.5)]
    #expect(Self.surface(Self.model(four)) != nil)
    // Three places, one line, the same everywhere, a text instead of a number.
    #expect(Self.surface(Self.model(Array(four.prefix(3)) + [four[0]])) == nil)
    #expect(Self.surface(Self.model((1...5).map { ("\($0)", "\($0)", Double($0)) })) == nil)
    #expect(Self.surface(Self.model(four.map { ($0.0, $0.1, 0.5) })) == nil)
    #expect(Self.surface(Self.model(four.map { ("model \($0.0)", $0.1, $0.2) })) == nil)
    // One setting of numbers.
    #expect(Self.surface(Self.model(four.map { ("1", $0.1 + $0.0, $0.2) })) == nil)
    // A run without a place or a value has no part in it.
    #expect(
      Self.surface(Self.model(four + [("", "2", 0.3), ("3", "2", .nan)]))?.places.count == 4)
    #expect(Self.surface(Self.model(Array(four.prefix(3)) + [("2", "3", .nan)])) == nil)
    let page = CompareReport.html(Self.model(four.map { ("1", $0.1 + $0.0, $0.2) }))
    #expect(page.contains("id=\"scatter\"") && !page.contains("surface-title"))
    #expect(CompareReport.html(Self.model(four)).contains("surface-title"))
  }

  /// The level of the plane over a place, by the parts of the triangle that is there.
  private static func level(of surface: RunSurface, _ x: Double, _ y: Double) -> Double {
    let found = surface.triangulation.triangles.map { triangle -> (least: Double, level: Double) in
      let corners = [triangle.a, triangle.b, triangle.c].map { surface.places[$0] }
      let whole = surface.triangulation.turn(triangle.a, triangle.b, triangle.c)
      let parts = (0..<3).map { index in
        let (p, q) = (corners[(index + 1) % 3].point, corners[(index + 2) % 3].point)
        return ((q.x - p.x) * (y - p.y) - (q.y - p.y) * (x - p.x)) / whole
      }
      let level = zip(parts, corners).reduce(0) { $0 + $1.0 * $1.1.level }
      return (parts.min() ?? 0, level)
    }
    return found.max { $0.least < $1.least }?.level ?? .nan
  }

  private static func surface(_ model: CompareReportModel) -> RunSurface? {
    RunScatter(Comparison(model)).flatMap(RunSurface.init)
  }

  /// Runs with two settings, width and depth, none where there is no text, and a share.
  private static func model(_ runs: [(String, String, Double)]) -> CompareReportModel {
    CompareReportModel(
      title: "Width and depth",
      runs: runs.enumerated().map { index, run in
        ComparedRun(
          id: "01KANX6T9Q4M8Y2V7C3D5E6F\(index)", specName: "sizes",
          settings: [("train.width", run.0), ("train.depth", run.1)].filter { !$0.1.isEmpty }
            .map { Setting(path: $0.0, value: $0.1) },
          metrics: [.init(name: "share", goal: .maximize, last: run.2)],
          testDataDigest: "sha256:0")
      })
  }
}
