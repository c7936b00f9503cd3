internal import KernelInterface

/// `y = relu?(a + b)`, element by element.
///
/// Pullback, with dz = y ≤ 0 ? 0 : dy when the relu is fused: da = dz, db = dz.
final class AddOperation: Operation {
  let a: Variable
  let b: Variable
  let output: Variable
  private let relu: Bool
  /// What makes `a` of values that it does not store itself, if anything.
  private let normalization: BatchNormalizationOperation?
  /// Whether that was recorded just before: then its pullback reads the gradient of `a` before anything is added to that of `b`, and
  /// both may be in one place.
  private let normalizesLast: Bool

  init(
    _ a: Variable, normalization: BatchNormalizationOperation? = nil, _ b: Variable,
    relu: Bool = false, tape: Tape
  ) {
    self.a = a
    self.normalization = normalization
    self.b = b
    self.relu = relu
    normalizesLast = normalization.map { tape.last === $0 } ?? false
    output = tape.makeVariable(
      a.shape, requiresGradient: a.requiresGradient || b.requiresGradient)
  }

  func forward(on tape: Tape) {
    if let normalization { return forward(normalization, on: tape) }
    let count = output.value.count
    tape.parallel(count, work: count) { range in
      if relu {
        tape.kernels.addRelu(output.value[range], a.value[range], b.value[range])
      } else {
        tape.kernels.add(output.value[range], a.value[range], b.value[range])
      }
    }
  }

  /// The sum with a normalization that is applied here, sample by sample.
  private func forward(_ normalization: BatchNormalizationOperation, on tape: Tape) {
    let size = output.shape.sample.count
    guard size > 0 else { return }
    let channels = output.shape[1]
    tape.parallel(output.shape[0], work: output.value.count) { samples in
      for sample in samples {
        let factors = normalization.factors(of: sample, tape)
        let at = sample * size
        tape.kernels.scaleShiftAdd(
          output.value[at...], normalization.input.value[at...], scale: factors.scale,
          shift: factors.shift, b.value[at...], rows: size / channels, columns: channels,
          relu: relu)
      }
    }
  }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    if normalizesLast, tape.share(dy, a, b) {
      tape.parallel(dy.count, work: dy.count) { mask(dy, $0, tape) }
      return
    }
    // Behind a relu dy becomes dz in its own place, piece by piece where db is copied from it.
    if relu, !b.requiresGradient {
      tape.parallel(dy.count, work: dy.count) { mask(dy, $0, tape) }
    }
    tape.contribute(to: b) { db in
      tape.parallel(dy.count, work: dy.count) { range in
        mask(dy, range, tape)
        db[range].assign(dy[range])
      }
    }
    tape.contribute(to: a, over: dy) { da in
      tape.parallel(dy.count, work: dy.count) { da[$0].assign(dy[$0]) }
    }
  }

  private func mask(_ dz: FloatSlice, _ range: Range<Int>, _ tape: Tape) {
    guard relu else { return }
    tape.kernels.reluGradient(dz[range], dz[range], result: output.value[range])
  }
}

/// `y = a · b`, element by element.
///
/// Pullback: da = dy · b, db = dy · a.
final class MultiplyOperation: Operation {
  let a: Variable
  let b: Variable
  let output: Variable

  init(_ a: Variable, _ b: Variable, tape: Tape) {
    self.a = a
    self.b = b
    output = tape.makeVariable(
      a.shape, requiresGradient: a.requiresGradient || b.requiresGradient)
  }

  func forward(on tape: Tape) { product(output.value, a.value, b.value, tape) }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: a) { product($0, dy, b.value, tape) }
    tape.contribute(to: b) { product($0, dy, a.value, tape) }
  }

  private func product(_ y: FloatSlice, _ a: FloatSlice, _ b: FloatSlice, _ tape: Tape) {
    tape.kernels.multiply(y, a, b)
  }
}

/// `y = factor · x`.
///
/// Pullback: dx = factor · dy.
final class ScaleOperation: Operation {
  let input: Variable
  let output: Variable
  private let factor: Float

  init(_ input: Variable, by factor: Float, tape: Tape) {
    self.input = input
    self.factor = factor
    output = tape.makeVariable(input.shape, requiresGradient: input.requiresGradient)
  }

  func forward(on tape: Tape) { scale(output.value, input.value, tape) }

  func pullback(on tape: Tape) {
    guard let dy = output.gradient else { return }
    tape.contribute(to: input) { scale($0, dy, tape) }
  }

  private func scale(_ y: FloatSlice, _ x: FloatSlice, _ tape: Tape) {
    tape.kernels.scale(y, x, by: factor)
  }
}

/// `a + b`, then relu, fused.
package func addRelu(_ a: Tensor, _ b: Tensor) -> Tensor {
  precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
  return a.tape.record(AddOperation(a.variable, b.variable, relu: true, tape: a.tape))
}

/// A batch normalization, applied here, plus `b`, then relu if wanted.
package func add(_ a: NormalizedTensor, _ b: Tensor, relu: Bool) -> Tensor {
  precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
  return a.tape.record(
    AddOperation(
      a.normalization.output, normalization: a.normalization, b.variable, relu: relu, tape: a.tape))
}

extension Tensor {
  /// The sum, element by element, of two tensors of one shape.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
    return a.tape.record(AddOperation(a.variable, b.variable, tape: a.tape))
  }

  /// The product, element by element, of two tensors of one shape.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) · \(b.shape)")
    return a.tape.record(MultiplyOperation(a.variable, b.variable, tape: a.tape))
  }

  /// Every element times a number.
  public static func * (factor: Float, x: Tensor) -> Tensor {
    x.tape.record(ScaleOperation(x.variable, by: factor, tape: x.tape))
  }

  /// The difference, element by element: `a + (−1) · b`.
  public static func - (a: Tensor, b: Tensor) -> Tensor { a + (-1) * b }
}
