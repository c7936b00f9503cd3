internal import KernelInterface

/// A named value that an optimizer changes, or a buffer that training updates, such as a running mean.
///
/// Parameters live in a ``ParameterArena`` together with their gradients. Outside they have PyTorch's shapes and order;
/// inside, matrices are stored in panels for the kernels.
public final class Parameter: Variable {
  /// The name under which the parameter is saved: `linear1.weight`.
  public let name: String
  /// How it lies in memory.
  package let layout: ParameterLayout
  /// Keeps the memory of the value and the gradient.
  private var storage: FloatStorage
  private var gradientStorage: FloatStorage?

  /// Creates a parameter of zeros.
  package init(
    name: String, shape: Shape, layout: ParameterLayout, isTrainable: Bool = true
  ) {
    self.name = name
    self.layout = layout
    let count = layout.storageCount(of: shape.count)
    storage = FloatStorage(count: count)
    super.init(shape: shape, value: storage.all, requiresGradient: isTrainable)
    guard isTrainable else { return }
    let zeros = FloatStorage(count: count)
    gradientStorage = zeros
    gradient = zeros.all
  }

  /// Creates a parameter, or a buffer, for a module of one's own.
  ///
  /// - Parameters:
  ///   - name: The name under which it is saved: `<layer name>.weight`, different for each of a model.
  ///   - shape: Its shape, as PyTorch has it.
  ///   - values: Its first values, in PyTorch's order; zeros where left out.
  ///   - isTrainable: Whether an optimizer changes it.
  /// - Precondition: As many values as the shape has.
  public convenience init(
    name: String, shape: Shape, values: [Float]? = nil, isTrainable: Bool = true
  ) {
    self.init(name: name, shape: shape, layout: .vector, isTrainable: isTrainable)
    if let values { self.values = values }
  }

  /// Whether an optimizer changes it; false for running statistics.
  public var isTrainable: Bool { requiresGradient }

  /// The value in PyTorch's order.
  ///
  /// - Complexity: O(*n*).
  public var values: [Float] {
    get { (0..<shape.count).map { value[layout.offset(of: $0)] } }
    set {
      precondition(newValue.count == shape.count, "\(name) has \(shape.count) elements")
      for (index, element) in newValue.enumerated() { value[layout.offset(of: index)] = element }
    }
  }

  /// The gradient in PyTorch's order; zeros when nothing has contributed since ``zeroGradient()``.
  ///
  /// - Complexity: O(*n*).
  public var gradients: [Float] {
    guard let gradient, hasGradient else { return Array(repeating: 0, count: shape.count) }
    return (0..<shape.count).map { gradient[layout.offset(of: $0)] }
  }

  /// Forgets the gradient: the next contribution is stored as it is.
  public func zeroGradient() { hasGradient = false }

  /// Moves value and gradient into slices of an arena.
  func adopt(
    value newValue: FloatSlice, in values: FloatStorage, gradient newGradient: FloatSlice?,
    in gradients: FloatStorage?
  ) {
    newValue.assign(value)
    value = newValue
    storage = values
    guard let newGradient, let gradients else { return }
    if let gradient { newGradient.assign(gradient) }
    gradient = newGradient
    gradientStorage = gradients
  }
}
