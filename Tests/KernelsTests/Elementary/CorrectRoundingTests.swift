import COracle
import KernelInterface
import Kernels
import Testing

/// A function whose results are promised to be correctly rounded.
enum RoundedFunction: String, CaseIterable, CustomTestStringConvertible {
  case exponential, logarithm, hyperbolicTangent, sigmoid, errorFunction

  var testDescription: String { rawValue }

  /// The same function of the oracle.
  var oracle: oracle_function {
    switch self {
    case .exponential: oracle_exponential
    case .logarithm: oracle_logarithm
    case .hyperbolicTangent: oracle_tanh
    case .sigmoid: oracle_sigmoid
    case .errorFunction: oracle_erf
    }
  }

  /// Where the function is neither constant nor its argument.
  var range: ClosedRange<Float> {
    switch self {
    case .exponential: -104...89
    case .logarithm: 0...4
    case .hyperbolicTangent: -9.1...9.1
    case .sigmoid: -104...18
    case .errorFunction: -4...4
    }
  }

  /// Our results.
  func callAsFunction(_ x: [Float], by kernels: any KernelFunctions) -> [Float] {
    let (argument, result) = (FloatStorage(x), FloatStorage(count: x.count))
    let (x, y) = (argument.all, result.all)
    switch self {
    case .exponential: kernels.exponential(y, x)
    case .logarithm: kernels.logarithm(y, x)
    case .hyperbolicTangent: kernels.hyperbolicTangent(y, x)
    case .sigmoid: kernels.sigmoid(y, x)
    case .errorFunction: kernels.errorFunction(y, x)
    }
    return y.array
  }
}

@Suite("Every correctly rounded function")
struct CorrectRoundingTests {
  @Test(
    "agrees with MPFR in many random points, at all special values and around all borders",
    .enabled(if: oracle_is_available() != 0, "GNU MPFR is not installed: run make setup"),
    arguments: RoundedFunction.allCases)
  func agreement(function: RoundedFunction) throws {
    let x = SamplePoints.points(in: function.range)
    var expected = [Float](repeating: 0, count: x.count)
    oracle_floats(function.oracle, &expected, x, x.count)
    for level in InstructionSet.available {
      let actual = function(x, by: try KernelSet(level).functions)
      var first = 0
      let wrong = oracle_differences(actual, expected, x.count, &first)
      #expect(
        wrong == 0,
        "\(wrong) wrong by \(level): f(\(x[first])) is \(actual[first]), not \(expected[first])")
    }
  }

  @Test(
    "is judged over all floats by an evaluation whose error is as small as its proof says",
    .enabled(if: oracle_is_available() != 0, "GNU MPFR is not installed: run make setup"),
    arguments: RoundedFunction.allCases)
  func oracle(function: RoundedFunction) {
    let x = SamplePoints.points(in: function.range, count: 20_000)
    #expect(oracle_proven_error(function.oracle, x, x.count) < 0x1p-60)
    var fast = x
    var slow = x
    _ = oracle_floats_proven(function.oracle, &fast, x, x.count)
    oracle_floats(function.oracle, &slow, x, x.count)
    var first = 0
    #expect(oracle_differences(fast, slow, x.count, &first) == 0, "first at \(x[first])")
  }

  @Test("has its exact values", arguments: InstructionSet.available)
  func exactValues(level: InstructionSet) throws {
    let kernels = try KernelSet(level).functions
    let zeros: [Float] = [0, -0.0]
    let ends: [Float] = [.infinity, -.infinity]
    #expect(RoundedFunction.exponential(zeros + ends, by: kernels) == [1, 1, .infinity, 0])
    #expect(RoundedFunction.sigmoid(zeros + ends, by: kernels) == [0.5, 0.5, 1, 0])
    #expect(
      RoundedFunction.logarithm([1, 0, -0.0, .infinity], by: kernels)
        == [0, -.infinity, -.infinity, .infinity])
    let outside: [Float] = [-.leastNonzeroMagnitude, -1, -.infinity, .nan]
    #expect(!RoundedFunction.logarithm(outside, by: kernels).contains { !$0.isNaN })
    for odd in [RoundedFunction.hyperbolicTangent, .errorFunction] {
      #expect(odd(zeros + ends, by: kernels) == [0, -0.0, 1, -1])
      #expect(odd(zeros, by: kernels).map(\.sign) == [.plus, .minus])
    }
    for function in RoundedFunction.allCases {
      #expect(function([.nan], by: kernels)[0].isNaN)
    }
  }

  @Test(
    "gives an element the same bits wherever it stands and however many there are",
    arguments: RoundedFunction.allCases)
  func positions(function: RoundedFunction) throws {
    let x = Array(SamplePoints.points(in: function.range, count: 200).suffix(100))
    for level in InstructionSet.available {
      let kernels = try KernelSet(level).functions
      let alone = x.map { function([$0], by: kernels)[0].bitPattern }
      for count in [0, 1, 2, 7, 8, 9, 15, 16, 17, 23, 31, 100] {
        let some = function(Array(x.prefix(count)), by: kernels).map(\.bitPattern)
        #expect(some == Array(alone.prefix(count)))
      }
    }
  }

  @Test("works in place", arguments: [1, 7, 8, 9, 15, 16, 17, 100])
  func inPlace(count: Int) throws {
    let kernels = try KernelSet().functions
    let x = (0..<count).map { Float($0) * 0.25 - 3 }
    let y = FloatStorage(x)
    kernels.exponential(y.all, y.all)
    #expect(y.all.array == RoundedFunction.exponential(x, by: kernels))
  }
}
