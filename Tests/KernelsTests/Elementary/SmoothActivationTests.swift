import COracle
import KernelInterface
import Kernels
import Testing

/// A smooth activation or its derivative, evaluated in double and rounded once.
enum SmoothFunction: String, CaseIterable, CustomTestStringConvertible {
  case gelu, geluSlope, geluByTanh, geluByTanhSlope, silu, siluSlope, softplus, softplusSlope
  case mish, mishSlope, elu, eluSlope

  var testDescription: String { rawValue }

  /// The same function of the oracle.
  var oracle: oracle_function {
    switch self {
    case .gelu: oracle_gelu
    case .geluSlope: oracle_gelu_slope
    case .geluByTanh: oracle_gelu_by_tanh
    case .geluByTanhSlope: oracle_gelu_by_tanh_slope
    case .silu: oracle_silu
    case .siluSlope: oracle_silu_slope
    case .softplus: oracle_softplus
    case .softplusSlope: oracle_sigmoid
    case .mish: oracle_mish
    case .mishSlope: oracle_mish_slope
    case .elu: oracle_expm1
    case .eluSlope: oracle_exponential
    }
  }

  /// Our results; a slope is the gradient for dy = `factor`.
  func callAsFunction(_ x: [Float], factor: Float = 1, by kernels: any KernelFunctions) -> [Float] {
    let (x, y) = (FloatStorage(x), FloatStorage(count: x.count))
    let dy = FloatStorage([Float](repeating: factor, count: x.count))
    call(kernels, y.all, x.all, dy.all)
    return y.all.array
  }

  private func call(
    _ kernels: any KernelFunctions, _ y: FloatSlice, _ x: FloatSlice, _ dy: FloatSlice
  ) {
    switch self {
    case .gelu: kernels.gelu(y, x)
    case .geluSlope: kernels.geluGradient(y, dy, argument: x)
    case .geluByTanh: kernels.geluByTanh(y, x)
    case .geluByTanhSlope: kernels.geluByTanhGradient(y, dy, argument: x)
    case .silu: kernels.silu(y, x)
    case .siluSlope: kernels.siluGradient(y, dy, argument: x)
    case .softplus: kernels.softplus(y, x)
    case .softplusSlope: kernels.softplusGradient(y, dy, argument: x)
    case .mish: kernels.mish(y, x)
    case .mishSlope: kernels.mishGradient(y, dy, argument: x)
    case .elu: kernels.elu(y, x, alpha: 1, scale: 1)
    case .eluSlope: kernels.eluGradient(y, dy, argument: x, alpha: 1, scale: 1)
    }
  }
}

@Suite("Every smooth activation and derivative")
struct SmoothActivationTests {
  @Test(
    "is within 0.5001 units in the last place of MPFR's value, and the same on every level",
    .enabled(if: oracle_is_available() != 0, "GNU MPFR is not installed: run make setup"),
    arguments: SmoothFunction.allCases)
  func agreement(function: SmoothFunction) throws {
    var x = SamplePoints.points(in: -20...20, count: SamplePoints.randomCount / 25).filter(
      \.isFinite)
    if function == .elu || function == .eluSlope { x = x.filter { $0 <= 0 } }
    var exact = [Double](repeating: 0, count: x.count)
    oracle_doubles(function.oracle, &exact, x, x.count)
    let reference = function(x, by: try KernelSet(.v2).functions)
    // Where a derivative passes through zero, the error is that of its terms, which are about ½.
    var place = 0
    let worst = oracle_worst_error(reference, exact, 0x1p-46, x.count, &place)
    #expect(worst <= 0.5001, "at \(x[place]): \(reference[place]), not \(exact[place])")
    for level in InstructionSet.available {
      let actual = function(x, by: try KernelSet(level).functions)
      #expect(oracle_differences(actual, reference, x.count, &place) == 0, "\(level) differs")
    }
  }

  @Test("keeps NaN and has its limits at the ends", arguments: InstructionSet.available)
  func ends(level: InstructionSet) throws {
    let kernels = try KernelSet(level).functions
    let ends: [Float] = [.infinity, -.infinity, 1e38, -1e38]
    for function in SmoothFunction.allCases {
      let y = function(ends, by: kernels)
      switch function {
      case .elu: #expect(y == [.infinity, -1, 1e38, -1])
      case .gelu, .geluByTanh, .silu, .softplus, .mish: #expect(y == [.infinity, 0, 1e38, 0])
      default: #expect(y == [1, 0, 1, 0], "\(function)")
      }
      #expect(function([.nan], by: kernels)[0].isNaN)
    }
  }

  @Test("multiplies its derivative in double", arguments: SmoothFunction.allCases)
  func factor(function: SmoothFunction) throws {
    guard function.rawValue.hasSuffix("Slope") else { return }
    let kernels = try KernelSet().functions
    let x = (0..<100).map { Float($0) * 0.11 - 5 }
    // A power of two moves no bit; a product of rounded factors differs from the rounded product somewhere.
    let slopes = function(x, by: kernels)
    #expect(function(x, factor: 8, by: kernels) == slopes.map { 8 * $0 })
    let thirds = function(x, factor: 1.1, by: kernels)
    #expect(thirds != slopes.map { 1.1 * $0 })
    for (third, slope) in zip(thirds, slopes) {
      #expect(abs(third - 1.1 * slope) <= 2 * abs(third).ulp)
    }
  }

  @Test("includes the ELU's and the SELU's constants")
  func exponentialUnit() throws {
    let kernels = try KernelSet().functions
    let x = Floats([-2, -0.0, 0, 0.5])
    let y = Floats(4)
    let alpha = 1.673_263_242_354_377_2
    let scale = 1.050_700_987_355_480_5
    kernels.elu(y.base, x.base, alpha: alpha, scale: scale)
    #expect(y[0] == -1.520_166_5 && y[3] == Float(0.5 * scale))
    #expect(y[1].sign == .minus && y[1] == 0 && y[2].sign == .plus && y[2] == 0)
    let dy = Floats([1, 1, 1, 2])
    kernels.eluGradient(y.base, dy.base, argument: x.base, alpha: alpha, scale: scale)
    #expect(y[2] == Float(alpha * scale) && y[3] == Float(2 * scale))
  }
}
