import Foundation
import ReportSamples
import Testing

@testable import Report

@Suite("A random forest")
struct ForestTests {
  /// Numbers about equally spread over 0 ..< 1.
  private static func uniform(_ stream: inout CounterStream) -> Double {
    Double(stream.next() >> 11) / 9_007_199_254_740_992
  }

  /// Settings of so many runs that have nothing to do with one another.
  private static func settings(
    _ count: Int, _ stream: inout CounterStream
  ) -> [(name: String, values: [String?])] {
    let options = [
      ("rate", ["0.001", "0.01", "0.1", "1"]), ("optimizer", ["adam", "sgd", "lion"]),
      ("seed", ["1", "2", "3", "4", "5", "6"]), ("width", ["64", "128"]),
    ]
    return options.map { name, texts in
      (name, (0..<count).map { _ in texts[stream.index(below: texts.count)] })
    }
  }

  @Test("puts the setting that decides first, whichever it is", arguments: 0..<4, [12, 20])
  func decides(setting: Int, count: Int) throws {
    var stream = CounterStream(7, UInt64(setting), UInt64(count))
    let settings = Self.settings(count, &stream)
    let levels = try #require(ForestEffects.feature(settings[setting].values)).levels
    let metric = levels.map { Double($0 * $0) + 0.2 * Self.uniform(&stream) }
    let finding = try #require(ForestEffects.finding(settings, on: metric, trees: 60))
    let name = settings[setting].name
    let others = finding.importances.filter { $0.key != name }
    #expect(finding.isMoreThanChance && finding.explained <= 1)
    #expect(others.allSatisfy { $0.value < finding.importances[name, default: -1] / 2 })
  }

  /// By the choice of the bound about one in twenty of the sixty may pass; three times as many is luck that
  /// comes once in a hundred thousand.
  @Test("calls pure noise what it is, nearly always")
  func noise() {
    var explained: [Double] = []
    var passes = 0
    for trial in 0..<60 {
      var stream = CounterStream(11, UInt64(trial))
      let count = [10, 12, 20, 30][trial % 4]
      let settings = Self.settings(count, &stream)
      let metric = (0..<count).map { _ in Self.uniform(&stream) }
      guard let finding = ForestEffects.finding(settings, on: metric, trees: 60) else { continue }
      explained.append(finding.explained)
      if finding.isMoreThanChance { passes += 1 }
    }
    #expect(explained.count == 60 && passes <= 9, "\(passes)")
    #expect(explained.sorted()[30] < 0, "the median is no better than the mean of the runs")
  }

  @Test("gives the same bits in any order of runs and settings, and on any scale of a number")
  func order() throws {
    var stream = CounterStream(13)
    let settings = Self.settings(15, &stream)
    let metric = (0..<15).map { Double(($0 * 7) % 5) + Self.uniform(&stream) }
    let turned = settings.reversed().map { name, values in
      (name: name, values: Array(values.reversed()))
    }
    let one = try #require(ForestEffects.finding(settings, on: metric))
    let other = try #require(ForestEffects.finding(turned, on: metric.reversed()))
    #expect(one.explained.bitPattern == other.explained.bitPattern)
    #expect(one.importances == other.importances)
    // Doubling is exact, so every split and every number stays.
    let doubled = try #require(ForestEffects.finding(settings, on: metric.map { $0 * 2 }))
    #expect(doubled.explained == one.explained && doubled.importances == one.importances)
  }

  /// By hand: −6 −6 | 0 0 6 6 gains 12²/2 + 12²/4 = 108, and so does −6 −6 0 0 | 6 6.
  @Test("of one level parts where the squares shrink most")
  func stump() {
    var stream = CounterStream(1)
    let ordered = RegressionTree.Feature(
      levels: [0, 0, 1, 1, 3, 3], levelCount: 4, isOrdered: true)
    let targets: [Double] = [0, 0, 6, 6, 12, 12].map { $0 - 6 }
    let tree = {
      (feature: RegressionTree.Feature, targets: [Double], stream: inout CounterStream) in
      RegressionTree(
        features: [feature], targets: targets, samples: Array(targets.indices), depth: 1,
        drawing: &stream)
    }
    let even = tree(ordered, targets, &stream)
    // Of equal cuts the first is taken.
    #expect((0..<6).map { even.value(of: $0, [ordered]) } == [-6, -6, 3, 3, 3, 3])
    let right = tree(ordered, [0, 0, 1, 1, 9, 9], &stream)
    #expect((0..<6).map { right.value(of: $0, [ordered]) } == [0.5, 0.5, 0.5, 0.5, 9, 9])
    // Level 2, never seen, goes with the nearer of 1 and 3: as near to both, with the lower.
    #expect(right.value(of: 0, [ordered], replacing: 0, by: 2) == 0.5)
    // Without an order the levels at both ends may stand together against the one between.
    let free = RegressionTree.Feature(
      levels: [0, 0, 1, 1, 2, 2], levelCount: 3, isOrdered: false)
    let apart = tree(free, [1, 1, 8, 8, 1, 1], &stream)
    #expect((0..<6).map { apart.value(of: $0, [free]) } == [1, 1, 8, 8, 1, 1])
  }

  @Test("leaves out what is constant, and texts of which each run has its own")
  func features() {
    #expect(ForestEffects.feature(["1", "1", "1"]) == nil)
    #expect(ForestEffects.feature(["a", "b", "c"]) == nil)
    #expect(ForestEffects.feature(["1.0", "1", "1e0"]) == nil)
    #expect(ForestEffects.feature(["0.1", nil, "0.01"])?.levels == [2, 0, 1])
    #expect(ForestEffects.feature(["b", "a", "b"])?.levels == [1, 0, 1])
    #expect(ForestEffects.feature(["10", "9", "8"])?.isOrdered == true)
    let settings = [(name: "a", values: (0..<12).map { Optional("\($0 % 3)") })]
    #expect(ForestEffects.finding(settings, on: (0..<12).map { _ in 0.1 }) == nil)
    #expect(ForestEffects.finding(settings, on: (0..<12).map { _ in .nan }) == nil)
    #expect(ForestEffects.finding([], on: (0..<12).map { Double($0) }) == nil)
    let huge = ForestEffects.finding(settings, on: (0..<12).map { $0 % 3 == 0 ? 1e308 : -1e308 })
    #expect(huge == nil || huge?.explained.isFinite == true)
  }

  @Test("says on the page what it explains, or that it does not")
  func page() {
    let runs = SampleComparisons.runs(20)
    let page = CompareReport.html(runs)
    #expect(page.contains("By a random forest") && page.contains("R² of runs not seen"))
    #expect(page == CompareReport.html(runs))
    var noise = runs
    for index in noise.runs.indices {
      for place in noise.runs[index].metrics.indices {
        noise.runs[index].metrics[place].last = Double(index * 7919 % 20)
      }
    }
    let plain = CompareReport.html(noise)
    #expect(plain.contains("The forest explains nothing of"))
    #expect(!plain.contains("R² of runs not seen"))
    #expect(CompareReport.html(SampleComparisons.runs(7)).contains("these are 7, too few"))
  }

  @Test("stands in the plain values and in Markdown as on the page")
  func values() throws {
    let model = SampleComparisons.runs(20)
    let comparison = CompareReport.comparison(model)
    let effects = try #require(comparison.effects)
    let single = try #require(SettingEffects(comparison))
    let forest = ForestEffects(comparison, metrics: single.metrics)
    #expect(effects.metrics == single.metrics.map(\.name))
    #expect(effects.forests.map { $0?.explained } == forest.findings.map { $0?.explained })
    #expect(effects.forests.allSatisfy { $0?.runs == 20 })
    let differing = Set(comparison.settings.filter(\.differs).map(\.name))
    #expect(!effects.settings.isEmpty)
    for setting in effects.settings {
      #expect(differing.contains(setting.name) && setting.effects.count == effects.metrics.count)
      let short = try #require(setting.name.split(separator: ".").last.map(String.init))
      for (place, effect) in setting.effects.enumerated() {
        #expect(effect.importance == forest.findings[place]?.importances[short])
      }
    }
    let data = try JSONEncoder().encode(comparison)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let encoded = try #require(object["effects"] as? [String: Any])
    #expect((encoded["settings"] as? [Any])?.count == effects.settings.count)
    #expect((encoded["forests"] as? [Any])?.count == effects.metrics.count)
    let text = CompareReport.markdown(model)
    let explained = try #require(effects.forests[0]?.explained)
    #expect(text.contains("| Went with | "))
    #expect(text.contains("R² +" + NumberText.fixed(explained, decimals: 2)))
    #expect(text.contains(" · forest +"))
    for count in [2, 4] {
      let few = SampleComparisons.runs(count)
      #expect(CompareReport.comparison(few).effects == nil)
      #expect(!CompareReport.markdown(few).contains("Went with"))
    }
    let some = CompareReport.comparison(SampleComparisons.runs(7)).effects
    #expect(some?.forests.allSatisfy { $0 == nil } == true)
  }
}
