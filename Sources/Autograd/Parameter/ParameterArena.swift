package import KernelInterface

/// Parameters side by side in one flat block, their gradients in another of the same layout.
///
/// An optimizer then is one pass over floats. The order is that of the list; each parameter starts at a multiple of 32,
/// and the floats between them are zero and stay zero.
package final class ParameterArena {
  /// The parameters in order.
  package let parameters: [Parameter]
  /// Where each parameter begins.
  package let offsets: [Int]
  /// All values.
  package let values: FloatStorage
  /// All gradients.
  package let gradients: FloatStorage
  /// The floats in each block.
  package var count: Int { values.count }

  /// Moves trainable parameters into a new arena, with the values they have.
  package init(adopting parameters: [Parameter]) {
    precondition(parameters.allSatisfy(\.isTrainable), "a buffer has no place in an arena")
    self.parameters = parameters
    var total = 0
    var offsets: [Int] = []
    for parameter in parameters {
      offsets.append(total)
      total += parameter.value.count
    }
    self.offsets = offsets
    values = FloatStorage(count: total)
    gradients = FloatStorage(count: total)
    for (parameter, offset) in zip(parameters, offsets) {
      let range = offset..<offset + parameter.value.count
      parameter.adopt(
        value: values.slice(range), in: values, gradient: gradients.slice(range), in: gradients)
    }
  }

  /// Makes the gradients of parameters that nothing has contributed to zero.
  package func zeroMissingGradients() {
    for parameter in parameters where !parameter.hasGradient { parameter.gradient?.fill(0) }
  }

  /// Forgets all gradients.
  package func zeroGradients() {
    for parameter in parameters { parameter.zeroGradient() }
  }

  /// The elements of a block of this layout as PyTorch's values, parameter by parameter.
  package func unpacked(_ block: FloatStorage) -> [[Float]] {
    precondition(block.count == count, "the block has another layout")
    return zip(parameters, offsets).map { parameter, offset in
      (0..<parameter.shape.count).map { block.all[offset + parameter.layout.offset(of: $0)] }
    }
  }

  /// Writes PyTorch's values of one parameter into a block of this layout.
  package func pack(_ elements: [Float], of index: Int, into block: FloatStorage) {
    let parameter = parameters[index]
    precondition(block.count == count && elements.count == parameter.shape.count)
    for (element, number) in elements.enumerated() {
      block.all[offsets[index] + parameter.layout.offset(of: element)] = number
    }
  }
}
