import ContentAddressing
import Kernels

/// A run of one kernel that ends in the same bytes on every machine.
public struct KernelGolden: Sendable {
  /// Its number in the kernel sources.
  public let number: Int
  /// What it runs.
  public let name: String

  /// All of them, in the order of their numbers.
  public static let all = names.enumerated().map { KernelGolden(number: $0, name: $1) }

  /// The SHA-256, in hexadecimal digits, of the results.
  public func digest(_ kernels: KernelSet) -> String {
    kernels.golden(number).withUnsafeBytes { bytes in
      var digester = Digester()
      digester.update(bytes)
      return digester.digest().hex
    }
  }

  private static let names = [
    "product from zero", "product from the bias, relu, blocks of 64",
    "product accumulating, 10 columns, blocks of 7", "weight gradient in panels", "single row",
    "copied blocks", "transposed panels", "packed and unpacked panels",
    "convolution 5×5, bias, relu", "convolution 3×3, stride 2, 2 groups", "input gradient 3×3",
    "input gradient 2×3, dilation 2, 3 groups", "weight gradient 3×3",
    "padded images, transposed weights", "add, subtract, multiply, divide",
    "scale, add scalar, clamp, add scaled, blend", "square root", "add row vector", "relu",
    "leaky relu", "tanh and its gradient", "sigmoid and its gradient", "exp, log, erf", "Adam",
    "momentum, Nesterov", "momentum, dampened", "gradient descent", "dropout", "interleave",
    "canonical NaN", "short sums", "long sums", "sums of squares", "block sums",
    "pairwise combination", "column sums", "row sums", "argmax, row maxima", "softmax",
    "log softmax", "softmax gradient", "cross-entropy", "cross-entropy, smoothed", "squared error",
    "max pooling 3×3, stride 2, padding 1", "max pooling 3×2, its gradient",
    "average pooling 3×2", "average pooling 3×2, its gradient",
    "column squares and products", "scale and shift, relu", "normalization gradient",
    "exp, all magnitudes", "log, all magnitudes", "tanh, all magnitudes",
    "sigmoid, all magnitudes", "erf, all magnitudes", "gelu and its gradient",
    "gelu by tanh and its gradient", "silu and its gradient", "softplus and its gradient",
    "mish and its gradient", "elu and its gradient", "Philox blocks", "uniforms", "normals",
    "gathered floats", "gathered bytes",
    "normalization sums, with and without relu", "normalization gradient through relu",
    "sum and relu", "input gradient 3×3 from planes",
    "input gradient 3×3, stride 2×3", "weight gradient 5×5 of one channel",
    "images padded and normalized", "scale, shift and sum",
  ]
}
