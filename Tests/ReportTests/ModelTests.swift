import Testing

@testable import Report

@Suite("Rates computed from counts")
struct ModelTests {
  @Test("give Wilson's interval of an accuracy, as SciPy does")
  func interval() throws {
    let interval = { (correct: Int, wrong: Int) in
      ConfusionMatrix(classNames: ["a", "b"], counts: [[correct, wrong], [0, 0]]).accuracyInterval
    }
    // scipy.stats.binomtest(correct, n).proportion_ci(method="wilson")
    for (correct, n, lower, upper) in [
      (9812, 10_000, 0.978_347_3, 0.983_683_1), (8, 10, 0.490_162_5, 0.943_317_8),
      (0, 5, 0, 0.434_482_465), (5, 5, 0.565_517_535, 1),
    ] as [(Int, Int, Double, Double)] {
      let range = try #require(interval(correct, n - correct))
      #expect(abs(range.lowerBound - lower) < 1e-7)
      #expect(abs(range.upperBound - upper) < 1e-7)
    }
    #expect(interval(0, 0) == nil)
  }

  @Test("give a perfect ranking an area of one and a useless one of a half")
  func areas() throws {
    let truth = (0..<40).map { $0 % 4 == 0 }
    let perfect = try #require(
      ThresholdCurve(className: "a", scores: truth.map { $0 ? 1 : 0 }, isPositive: truth))
    #expect(perfect.rocArea == 1 && perfect.averagePrecision == 1)
    let useless = try #require(
      ThresholdCurve(className: "a", scores: truth.map { _ in 0.5 }, isPositive: truth))
    #expect(useless.rocArea == 0.5 && useless.averagePrecision == 0.25)
    #expect(ThresholdCurve(className: "a", scores: [1, 2], isPositive: [true, true]) == nil)
    #expect(ThresholdCurve(className: "a", scores: [], isPositive: []) == nil)
  }

  @Test("agree with scikit-learn's roc_auc_score and average_precision_score")
  func sklearnAreas() throws {
    // The example of scikit-learn's own documentation: 0.75 and 0.8333….
    let curve = try #require(
      ThresholdCurve(
        className: "a", scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true]))
    #expect(curve.rocArea == 0.75)
    #expect(abs(curve.averagePrecision - 0.833_333_333_333_333_3) < 1e-15)
  }

  @Test("do not depend on the order of samples")
  func order() throws {
    let scores = (0..<101).map { Double($0 * 37 % 23) / 23 }
    let truth = (0..<101).map { $0 * 13 % 7 < 3 }
    let curve = ThresholdCurve(className: "a", scores: scores, isPositive: truth)
    let turned = ThresholdCurve(
      className: "a", scores: scores.reversed(), isPositive: truth.reversed())
    #expect(curve == turned)
    let pairs = zip(scores, truth)
    // The area is the chance that a positive scores above a negative, ties counting a half.
    var wins = 0.0
    var count = 0.0
    for (score, isPositive) in pairs where isPositive {
      for (other, isOther) in pairs where !isOther {
        wins += score > other ? 1 : score == other ? 0.5 : 0
        count += 1
      }
    }
    #expect(abs(try #require(curve).rocArea - wins / count) < 1e-12)
  }

  @Test("put every prediction into one bin", arguments: [1, 2, 10, 15])
  func reliability(bins: Int) {
    let confidences = (0...200).map { Double($0) / 200 }
    let reliability = Reliability(
      confidences: confidences, isCorrect: confidences.map { $0 > 0.5 }, binCount: bins)
    #expect(reliability.bins.count == bins)
    #expect(reliability.bins.reduce(0) { $0 + $1.count } == 201)
    for bin in reliability.bins where bin.count > 0 {
      #expect(bin.confidence >= bin.lower - 1e-12 && bin.confidence <= bin.upper + 1e-12)
    }
    #expect(reliability.expectedCalibrationError >= 0 && reliability.expectedCalibrationError <= 1)
  }

  @Test("find nothing to correct in a perfectly calibrated model")
  func calibrated() {
    let sure = Reliability(confidences: [1, 1, 1], isCorrect: [true, true, true])
    #expect(sure.expectedCalibrationError == 0)
    let wrong = Reliability(confidences: [1, 1], isCorrect: [false, false])
    #expect(wrong.expectedCalibrationError == 1)
    let none = Reliability(confidences: [], isCorrect: [])
    #expect(none.expectedCalibrationError == 0)
    let odd = Reliability(
      confidences: [.nan, .infinity, -1, 2], isCorrect: [true, true, false, true])
    #expect(odd.bins.reduce(0) { $0 + $1.count } == 4)
  }
}
