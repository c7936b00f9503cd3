/// Reads an IDX file that arrives in pieces.
///
/// The header is checked before a byte of the array is kept, and nothing is allocated that the source
/// cannot fill.
public struct IDXDecoder: Sendable {
  /// The most bytes that an array may have.
  public static let largestByteCount = 8 << 30

  private struct Header {
    let elementType: IDXArray.ElementType
    let dimensions: [Int]
    let headerByteCount: Int
    let arrayByteCount: Int
  }

  private let source: String
  private var head: [UInt8] = []
  private var header: Header?
  private var bytes: [UInt8] = []

  /// The most bytes that the source can still yield, if that is known.
  var possibleByteCount = Int.max

  /// Creates a decoder that has read nothing.
  ///
  /// - Parameter source: What is read, for errors.
  public init(source: String) {
    self.source = source
  }

  /// Takes in the next bytes.
  public mutating func push(_ input: Span<UInt8>) throws(DatasetError) {
    var index = 0
    while header == nil && index < input.count {
      head.append(input[index])
      index += 1
      try readHeader()
    }
    guard let header, index < input.count else { return }
    guard input.count - index <= header.arrayByteCount - bytes.count else {
      throw DatasetError(
        .trailingBytes(declared: header.headerByteCount + header.arrayByteCount), source: source)
    }
    let rest = input.extracting(index...)
    bytes.append(addingCapacity: rest.count) { output in
      for index in rest.indices { output.append(rest[index]) }
    }
  }

  /// The array, once all bytes have been pushed.
  public consuming func finish() throws(DatasetError) -> IDXArray {
    guard let header else {
      throw DatasetError(.noHeader, source: source)
    }
    guard bytes.count == header.arrayByteCount else {
      throw DatasetError(
        .truncated(
          declared: header.headerByteCount + header.arrayByteCount,
          found: header.headerByteCount + bytes.count), source: source)
    }
    return IDXArray(elementType: header.elementType, dimensions: header.dimensions, bytes: bytes)
  }

  /// Checks what is there of the header; sets it once it is complete.
  private mutating func readHeader() throws(DatasetError) {
    switch head.count {
    case 1, 2:
      guard head.last == 0 else { throw DatasetError(.badMagic, source: source) }
    case 3:
      guard IDXArray.ElementType(rawValue: head[2]) != nil else {
        throw DatasetError(.elementType(head[2]), source: source)
      }
    case 4:
      guard (1...4).contains(head[3]) else {
        throw DatasetError(.rank(Int(head[3])), source: source)
      }
    default:
      let rank = Int(head[3])
      guard head.count == 4 + 4 * rank, let type = IDXArray.ElementType(rawValue: head[2])
      else { return }
      let dimensions = (0..<rank).map { dimension in
        head[(4 + 4 * dimension)..<(8 + 4 * dimension)].reduce(0) { $0 << 8 | Int($1) }
      }
      header = try checked(type, dimensions)
    }
  }

  /// Judges the sizes before anything is allocated.
  private mutating func checked(
    _ type: IDXArray.ElementType, _ dimensions: [Int]
  ) throws(DatasetError) -> Header {
    guard dimensions.allSatisfy({ $0 > 0 }) else {
      throw DatasetError(.emptyDimension, source: source)
    }
    var byteCount = type.size
    for dimension in dimensions {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: dimension)
      guard !overflow, product <= Self.largestByteCount else {
        throw DatasetError(.tooLarge, source: source)
      }
      byteCount = product
    }
    let header = Header(
      elementType: type, dimensions: dimensions, headerByteCount: head.count,
      arrayByteCount: byteCount)
    guard byteCount <= possibleByteCount else {
      throw DatasetError(.impossible(declared: head.count + byteCount), source: source)
    }
    if possibleByteCount < Int.max { bytes.reserveCapacity(byteCount) }
    return header
  }
}
