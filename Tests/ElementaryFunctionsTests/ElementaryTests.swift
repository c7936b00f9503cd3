import COracle
import ElementaryFunctions
import Foundation
import Testing

@Suite("The elementary functions of Double")
struct ElementaryTests {
  @Test(
    "are within 1.1 units in the last place of MPFR's values",
    .enabled(if: oracle_is_available() != 0, "GNU MPFR is not installed: run make setup"),
    arguments: [
      oracle_double_exp, oracle_double_log, oracle_double_cosine_of_turns,
      oracle_double_sine_of_turns,
    ].map(\.rawValue))
  func agreement(function: UInt32) {
    var x: [Double] = []
    var state: UInt64 = 7
    for index in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let share = Double(state >> 11) * 0x1p-53
      switch oracle_double_function(rawValue: function) {
      case oracle_double_exp: x.append(share * (index.isMultiple(of: 2) ? 708 : 1))
      case oracle_double_log where index.isMultiple(of: 2):
        x.append(Double(bitPattern: state & 0x7fef_ffff_ffff_ffff))
      case oracle_double_log: x.append(0.5 + share)
      default: x.append(share * (index.isMultiple(of: 2) ? 4 : 1) - 1)
      }
    }
    if function == oracle_double_exp.rawValue { x += x.map { -$0 } }
    var high = x
    var low = x
    oracle_double_pairs(oracle_double_function(rawValue: function), &high, &low, x, x.count)
    var worst = (error: 0.0, place: 0)
    for i in x.indices {
      let y =
        switch oracle_double_function(rawValue: function) {
        case oracle_double_exp: Elementary.exp(x[i])
        case oracle_double_log: Elementary.log(x[i])
        case oracle_double_cosine_of_turns: Elementary.cosine(ofTurns: x[i])
        default: Elementary.sine(ofTurns: x[i])
        }
      let error = abs((y - high[i]) - low[i]) / high[i].ulp
      if error > worst.error { worst = (error, i) }
    }
    #expect(worst.error < 1.1, "at \(x[worst.place]), exactly \(high[worst.place])")
  }

  @Test("give angles as glibc does, within 3 units in the last place")
  func angles() {
    var state: UInt64 = 11
    func share() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-52 - 1
    }
    var worst = 0.0
    for index in 0..<20_000 {
      let (y, x) = (share(), share() * (index.isMultiple(of: 3) ? 1e-9 : 1))
      let exact = atan2(y, x)
      worst = max(worst, abs(Elementary.angle(y: y, x: x) - exact) / exact.ulp)
      let sine = asin(y)
      worst = max(worst, abs(Elementary.angle(ofSine: y) - sine) / sine.ulp)
    }
    #expect(worst <= 3)
    for (y, x) in [(0.0, 1.0), (1, 0), (0, -1), (-1, 0), (1, 1), (-1, -1), (0, 0)] {
      #expect(Elementary.angle(y: y, x: x) == atan2(y, x))
    }
    #expect(Elementary.angle(ofSine: 1.1).isNaN && Elementary.angle(y: .nan, x: 1).isNaN)
  }

  @Test("have their exact values")
  func exactValues() {
    #expect(Elementary.exp(0) == 1 && Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(.infinity) == .infinity && Elementary.exp(.nan).isNaN)
    #expect(Elementary.exp(710) == .infinity && Elementary.exp(-746) == 0)
    #expect(Elementary.exp(-745) == .leastNonzeroMagnitude)
    #expect(Elementary.log(1) == 0 && Elementary.log(0) == -.infinity)
    #expect(Elementary.log(-1).isNaN && Elementary.log(.nan).isNaN)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(abs(Elementary.log(.leastNonzeroMagnitude) + 744.440_071_921_381_3) < 1e-12)
    for whole in [-3, 0, 1, 1_000_000] as [Double] {
      #expect(Elementary.cosine(ofTurns: whole) == 1 && Elementary.sine(ofTurns: whole) == 0)
      #expect(Elementary.cosine(ofTurns: whole + 0.25) == 0)
      #expect(Elementary.sine(ofTurns: whole + 0.25) == 1)
      #expect(Elementary.cosine(ofTurns: whole + 0.5) == -1)
      #expect(Elementary.sine(ofTurns: whole + 0.75) == -1)
    }
    #expect(Elementary.cosine(ofTurns: .infinity).isNaN)
  }

  @Test("multiply powers in the written order", arguments: 0..<70)
  func powers(exponent: Int) {
    #expect(
      Elementary.power(2, exponent) == Double(sign: .plus, exponent: exponent, significand: 1))
    #expect(
      Elementary.power(2, -exponent) == Double(sign: .plus, exponent: -exponent, significand: 1))
    var factor = 0.999
    var expected = 1.0
    for bit in 0..<7 {
      if exponent >> bit & 1 == 1 { expected *= factor }
      factor *= factor
    }
    #expect(Elementary.power(0.999, exponent) == expected)
    #expect(Elementary.power(0.999, -exponent) == 1 / expected)
  }

  @Test("take any exponent")
  func largePowers() {
    #expect(Elementary.power(1, .max) == 1 && Elementary.power(-1, .min) == 1)
    #expect(Elementary.power(0.5, .max) == 0 && Elementary.power(2, .max) == .infinity)
    #expect(Elementary.power(0, 0) == 1)
  }
}
