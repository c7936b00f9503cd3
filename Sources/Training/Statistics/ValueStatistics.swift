internal import Autograd
internal import KernelInterface

/// The size of a tensor's values and how they are spread: a norm and a histogram.
///
/// All of it is exact to the bit: the norm follows rule 3 of the numerics over PyTorch's order, and the
/// histogram counts.
public struct ValueStatistics: Hashable, Sendable {
  /// √Σx².
  public var norm: Float
  /// The least value; 0 where there is none.
  public var least: Float
  /// The greatest value; 0 where there is none.
  public var greatest: Float
  /// The values in each part of `least ... greatest`, parts of equal width; empty when not counted.
  ///
  /// A value on the border of two parts belongs to the upper one, the greatest value to the last.
  public var counts: [Int]

  /// The parts of a histogram.
  public static let parts = 32

  /// Creates statistics from parts.
  public init(norm: Float, least: Float, greatest: Float, counts: [Int]) {
    self.norm = norm
    self.least = least
    self.greatest = greatest
    self.counts = counts
  }

  /// Measures values.
  ///
  /// - Parameters:
  ///   - values: What to measure, finite, in PyTorch's order.
  ///   - kernels: The instruction set; it changes no bit.
  /// - Complexity: O(*n*).
  init(of values: [Float], kernels: any KernelFunctions) {
    least = values.first ?? 0
    greatest = least
    for value in values {
      if value < least { least = value }
      if value > greatest { greatest = value }
    }
    counts = Self.counted(values, from: Double(least), to: Double(greatest))
    let block = FloatStorage(count: values.count)
    block.all.assign(values)
    norm = Self.norm(of: block.all, kernels)
  }

  /// In Double, where the width of no two floats overflows.
  private static func counted(_ values: [Float], from least: Double, to greatest: Double) -> [Int] {
    var counts = [Int](repeating: 0, count: parts)
    let width = greatest - least
    for value in values {
      let part = width > 0 ? Int((Double(value) - least) / width * Double(parts)) : 0
      counts[min(part, parts - 1)] += 1
    }
    return counts
  }

  /// √Σx², by rule 3 of the numerics in the order of the slice.
  static func norm(of values: FloatSlice, _ kernels: any KernelFunctions) -> Float {
    guard values.count > 0 else { return 0 }
    let partials = FloatStorage(count: (values.count + 4095) / 4096)
    kernels.blockSumsOfSquares(partials.all, values)
    kernels.combinePairwise(
      partials.all, stride: 1, count: partials.count, elements: 1)
    return partials.all[0].squareRoot()
  }
}

/// The statistics of one parameter or of its gradient.
public struct ParameterStatistics: Hashable, Sendable {
  /// The parameter: `linear1.weight`.
  public var name: String
  public var values: ValueStatistics

  /// Creates the statistics of a parameter.
  public init(name: String, values: ValueStatistics) {
    self.name = name
    self.values = values
  }
}
