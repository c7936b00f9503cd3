internal import Compression

/// An array of numbers as the IDX format stores it.
///
/// Format (Y. LeCun, MNIST page): two zero bytes, an element type, the number of dimensions, that many
/// big-endian 32-bit sizes, then the elements, big-endian, the last dimension fastest.
public struct IDXArray: Hashable, Sendable {
  /// What the elements are; the raw value is the file's third byte.
  public enum ElementType: UInt8, Sendable, CaseIterable {
    case uint8 = 0x08
    case int8 = 0x09
    case int16 = 0x0B
    case int32 = 0x0C
    case float32 = 0x0D
    case float64 = 0x0E

    /// The size of an element in bytes.
    public var size: Int {
      switch self {
      case .uint8, .int8: 1
      case .int16: 2
      case .int32, .float32: 4
      case .float64: 8
      }
    }
  }

  /// What the elements are.
  public let elementType: ElementType

  /// 1 to 4 sizes, each at least 1.
  public let dimensions: [Int]

  /// The elements' bytes, as many as type and dimensions say, big-endian.
  public let bytes: [UInt8]

  /// The number of elements.
  public var count: Int { dimensions.reduce(1, *) }

  /// Reads a file, plain or gzip.
  ///
  /// - Throws: ``DatasetError`` for anything but an IDX file whose size is exactly what it declares.
  public init(path: String) throws(DatasetError) {
    var decoder = IDXDecoder(source: path)
    do {
      try PayloadFile.read(path, budget: IDXDecoder.largestByteCount) { limit in
        decoder.possibleByteCount = limit
      } sink: { piece in
        try decoder.push(piece)
      }
    } catch let error as CompressionError {
      throw DatasetError(.unreadable(error), source: path)
    } catch let error as DatasetError {
      throw error
    } catch {
      // Nothing else is thrown by either.
      throw DatasetError(.noHeader, source: path, details: "\(error)")
    }
    self = try decoder.finish()
  }

  init(elementType: ElementType, dimensions: [Int], bytes: [UInt8]) {
    self.elementType = elementType
    self.dimensions = dimensions
    self.bytes = bytes
  }

  // MARK: Elements

  /// The elements as integers, or `nil` if they are none.
  var integers: [Int32]? {
    switch elementType {
    case .uint8: bytes.map { Int32($0) }
    case .int8: bytes.map { Int32(Int8(bitPattern: $0)) }
    case .int16: (0..<count).map { Int32(Int16(truncatingIfNeeded: word(at: $0))) }
    case .int32: (0..<count).map { Int32(truncatingIfNeeded: word(at: $0)) }
    case .float32, .float64: nil
    }
  }

  /// The elements rounded to single precision.
  var floats: [Float] {
    switch elementType {
    case .float32: (0..<count).map { Float(bitPattern: UInt32(truncatingIfNeeded: word(at: $0))) }
    case .float64: (0..<count).map { Float(Double(bitPattern: word(at: $0))) }
    default: (integers ?? []).map { Float($0) }
    }
  }

  /// The bits of an element, most significant byte first.
  private func word(at index: Int) -> UInt64 {
    let size = elementType.size
    return bytes[index * size..<(index + 1) * size].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
