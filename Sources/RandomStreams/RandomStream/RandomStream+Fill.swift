internal import KernelInterface
internal import Kernels

extension RandomStream {
  /// Fills a span with uniform numbers in [low, high); element i uses draw i of the stream.
  ///
  /// Each is the value of ``uniform(in:)`` for its draw. Draws that were taken before do not matter.
  ///
  /// - Precondition: The range is finite and not empty; the span has at most 2³⁴ elements.
  public func fillUniforms(_ values: inout MutableSpan<Float>, in range: Range<Float>) {
    if let kernels = RandomKernels.best {
      kernels.fillUniforms(&values, in: range, counter: firstCounter, key: (key.low, key.high))
    } else {
      var stream = RandomStream(key, purpose, step: step, element: element)
      for i in values.indices { values[i] = stream.uniform(in: range) }
    }
  }

  /// Fills a span with normal numbers; elements 2k and 2k + 1 use the draws of these numbers.
  ///
  /// Each is fma(deviation, z, mean) in double, rounded once, with the cosine's deviate z first and the sine's second;
  /// see ``normal()``. Draws that were taken before do not matter.
  ///
  /// - Precondition: The span has at most 2³⁴ elements.
  public func fillNormals(
    _ values: inout MutableSpan<Float>, mean: Double = 0, deviation: Double = 1
  ) {
    if let kernels = RandomKernels.best {
      kernels.fillNormals(
        &values, mean: mean, deviation: deviation, counter: firstCounter,
        key: (key.low, key.high))
    } else {
      var stream = RandomStream(key, purpose, step: step, element: element)
      for i in stride(from: 0, to: values.count, by: 2) {
        let a = stream.nextWord()
        let (first, second) = Self.normals(a, stream.nextWord())
        values[i] = Float(mean.addingProduct(deviation, first))
        if i + 1 < values.count { values[i + 1] = Float(mean.addingProduct(deviation, second)) }
      }
    }
  }

  /// The counter of the first block.
  private var firstCounter: Philox4x32.Words {
    Philox4x32.Words(0, element, step, purpose.rawValue)
  }
}

/// The kernels that make many draws at once.
enum RandomKernels {
  /// Those of this machine, whose level changes no bit.
  ///
  /// Nil where none can run: then numbers are made one by one, with the same bits.
  static let best = (try? KernelSet())?.functions
}
