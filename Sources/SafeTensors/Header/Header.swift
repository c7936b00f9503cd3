/// What the header of a file says, checked for grammar but not yet for offsets.
struct Header {
  /// The key that is no tensor.
  static let metadataKey = "__metadata__"

  /// The longest header that is read.
  static let largestByteCount = 100_000_000

  /// One tensor as declared.
  struct Tensor {
    let name: String
    let elementType: TensorElementType
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  /// In the order of the header.
  private(set) var tensors: [Tensor] = []

  /// In the order of the header.
  private(set) var metadata: [(key: String, value: String)] = []

  /// Where the tensors begin in the file.
  let bodyOffset: Int

  /// Reads the header of a file.
  init(file: [UInt8]) throws(SafeTensorsError) {
    guard file.count >= 8 else { throw SafeTensorsError(.headerSize(0)) }
    let declared = LittleEndian.words(Array(file[0..<8]), as: UInt64.self)[0]
    guard declared <= UInt64(Self.largestByteCount) else {
      throw SafeTensorsError(.headerTooLarge(declared))
    }
    let size = Int(declared)
    guard size <= file.count - 8 else { throw SafeTensorsError(.headerSize(declared)) }
    bodyOffset = 8 + size
    var parser = HeaderParser(Array(file[8..<8 + size]))
    try parser.object { (parser, key) throws(SafeTensorsError) in
      if key == Self.metadataKey {
        try parser.object { (parser, key) throws(SafeTensorsError) in
          metadata.append((key, try parser.string()))
        }
      } else {
        tensors.append(try parser.tensor(named: key))
      }
    }
    try parser.finish()
  }

  /// Checks that the tensors, in the order of their offsets, cover the body exactly.
  func checkOffsets(bodyByteCount: Int) throws(SafeTensorsError) {
    var place = 0
    for tensor in tensors.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard tensor.begin == place, tensor.end >= tensor.begin, tensor.end <= bodyByteCount else {
        throw SafeTensorsError(.offsets, tensor: tensor.name)
      }
      var byteCount = tensor.elementType.size
      for dimension in tensor.shape {
        let (product, overflow) = byteCount.multipliedReportingOverflow(by: dimension)
        guard !overflow else { throw SafeTensorsError(.shape, tensor: tensor.name) }
        byteCount = product
      }
      guard byteCount == tensor.end - tensor.begin else {
        throw SafeTensorsError(.offsets, tensor: tensor.name)
      }
      place = tensor.end
    }
    guard place == bodyByteCount else { throw SafeTensorsError(.trailingBytes) }
  }
}
