package import KernelInterface

/// A recorded operation: its forward function and, in the same file, its pullback.
///
/// Laws: `forward` reads the values of its inputs and writes its output's value; `pullback` reads the output's gradient
/// and contributes to its inputs' gradients through ``Tape/contribute(to:_:)``. Both may run again on new contents of the
/// same memory and then allocate nothing.
package protocol Operation: AnyObject {
  /// What the operation writes.
  var output: Variable { get }
  /// Computes the output.
  func forward(on tape: Tape)
  /// Passes the output's gradient on to the inputs.
  func pullback(on tape: Tape)
}

/// An operation that ends in the mean loss of a batch and keeps the loss of each sample.
package protocol LossOperation: Operation {
  /// The loss of each sample of the batch.
  var losses: FloatSlice { get }
  /// The samples that the mean is over: those of the batch, or of the whole step that the batch is a part of.
  var sampleCount: Int { get set }
}

/// An operation that carries something over from step to step, such as running statistics.
package protocol StatefulOperation: Operation {
  /// Takes over what the last forward pass measured, once the step is known to be good.
  func commit(on tape: Tape)
}
