/// A tensor with a name: its elements in C order, little-endian.
public struct NamedTensor: Hashable, Sendable {
  /// The name, unique in a file.
  public let name: String

  /// What the elements are.
  public let elementType: TensorElementType

  /// The dimensions; empty for a single value. A dimension may be 0.
  public let shape: [Int]

  /// The elements' bytes.
  public let bytes: [UInt8]

  /// The number of elements.
  public var count: Int { bytes.count / elementType.size }

  /// Creates a tensor of bytes that are laid out already.
  ///
  /// - Precondition: The bytes are as many as type and shape say.
  public init(name: String, elementType: TensorElementType, shape: [Int], bytes: [UInt8]) {
    precondition(shape.allSatisfy { $0 >= 0 })
    precondition(shape.reduce(elementType.size, *) == bytes.count)
    self.name = name
    self.elementType = elementType
    self.shape = shape
    self.bytes = bytes
  }

  /// Creates a tensor of single precision. The bits of a NaN are replaced by those of `0x7FC00000`.
  ///
  /// - Precondition: The values are as many as the shape says.
  public init(name: String, shape: [Int], floats: [Float]) {
    self.init(
      name: name, elementType: .float32, shape: shape,
      bytes: LittleEndian.bytes(floats.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern }))
  }

  /// Creates a tensor of double precision. The bits of a NaN are replaced by the standard quiet ones.
  public init(name: String, shape: [Int], doubles: [Double]) {
    self.init(
      name: name, elementType: .float64, shape: shape,
      bytes: LittleEndian.bytes(
        doubles.map { $0.isNaN ? 0x7FF8_0000_0000_0000 : $0.bitPattern }))
  }

  /// Creates a tensor of 64-bit integers.
  public init(name: String, shape: [Int], int64s: [Int64]) {
    self.init(
      name: name, elementType: .int64, shape: shape,
      bytes: LittleEndian.bytes(int64s.map { UInt64(bitPattern: $0) }))
  }

  /// Creates a tensor of bytes.
  public init(name: String, shape: [Int], uint8s: [UInt8]) {
    self.init(name: name, elementType: .uint8, shape: shape, bytes: uint8s)
  }

  // MARK: Elements

  /// The elements, if they are of single precision.
  public var floats: [Float]? {
    guard elementType == .float32 else { return nil }
    return LittleEndian.words(bytes, as: UInt32.self).map { Float(bitPattern: $0) }
  }

  /// The elements, if they are of double precision.
  public var doubles: [Double]? {
    guard elementType == .float64 else { return nil }
    return LittleEndian.words(bytes, as: UInt64.self).map { Double(bitPattern: $0) }
  }

  /// The elements, if they are 64-bit integers.
  public var int64s: [Int64]? {
    guard elementType == .int64 else { return nil }
    return LittleEndian.words(bytes, as: UInt64.self).map { Int64(bitPattern: $0) }
  }

  /// The elements, if they are bytes.
  public var uint8s: [UInt8]? { elementType == .uint8 ? bytes : nil }
}
