internal import Compression
public import Settings

/// Images and labels in batches of CIFAR-10, in its binary version, plain or gzip.
public struct CIFAR10Format: DataFormat {
  public static let word = "cifar10"
  public static let summary = "CIFAR-10's binary version."
  public static let settings = [
    Setting<Self>(
      "batches", \.batches, .list(.outputOrFile, count: 1...1000), isRequired: true,
      "The files of CIFAR-10, in order.")
  ]

  /// The names of CIFAR-10's classes, in the order of labels.
  public static let classNames: [String]? = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  /// The files, one after another.
  public var batches = [Input()]

  /// Creates a split without files.
  public init() {}

  public var files: [Input] { batches }

  public func read(_ paths: [String]) throws(DatasetError) -> ImageSet {
    try ImageSet(cifar10: paths)
  }
}

extension ImageSet {
  /// Reads batches of CIFAR-10 in its binary version, plain or gzip, one after another.
  ///
  /// Format (A. Krizhevsky, CIFAR page): records of 3073 bytes, a label of 0 to 9, then 1024 bytes of
  /// red, of green and of blue, row after row.
  ///
  /// - Parameter paths: At least one file of at least one record.
  /// - Throws: ``DatasetError`` naming the file and what is wrong with it.
  public init(cifar10 paths: [String]) throws(DatasetError) {
    precondition(!paths.isEmpty)
    let shape = ImageShape(channels: 3, height: 32, width: 32)
    var decoder = CIFARDecoder(pixelCount: shape.count)
    for path in paths {
      do {
        try PayloadFile.read(path, budget: CIFARDecoder.largestByteCount) { piece in
          decoder.push(piece)
        }
      } catch let error as CompressionError {
        throw DatasetError(.unreadable(error), source: path)
      } catch {
        // Nothing else is thrown by either.
        throw DatasetError(.notCIFAR, source: path, details: "\(error)")
      }
      try decoder.endFile(path)
    }
    try self.init(
      source: paths[0], shape: shape, samples: .bytes(decoder.pixels), labels: decoder.labels)
  }
}

/// Reads records of CIFAR-10 that arrive in pieces.
struct CIFARDecoder {
  /// The most bytes of a file.
  static let largestByteCount = 8 << 30

  private let recordByteCount: Int

  /// The pixels of all records so far.
  private(set) var pixels: [UInt8] = []

  /// The labels of all records so far, the last one's perhaps without all its pixels.
  private(set) var labels: [Int32] = []

  /// The place in the record.
  private var place = 0

  /// How many labels there were when the file began.
  private var firstRecord = 0

  init(pixelCount: Int) {
    recordByteCount = pixelCount + 1
  }

  /// Takes in the next bytes.
  mutating func push(_ input: Span<UInt8>) {
    var index = 0
    while index < input.count {
      if place == 0 {
        labels.append(Int32(input[index]))
        index += 1
        place = 1
      }
      let rest = input.extracting(index..<min(input.count, index + recordByteCount - place))
      pixels.append(addingCapacity: rest.count) { output in
        for index in rest.indices { output.append(rest[index]) }
      }
      index += rest.count
      place = (place + rest.count) % recordByteCount
    }
  }

  /// Checks that a file ended with a record, and the labels of its records.
  mutating func endFile(_ path: String) throws(DatasetError) {
    guard place == 0, labels.count > firstRecord else {
      throw DatasetError(
        .notCIFAR, source: path, details: "its size is not a multiple of \(recordByteCount) bytes")
    }
    if let bad = labels[firstRecord...].firstIndex(where: { $0 > 9 }) {
      throw DatasetError(
        .label(Int(labels[bad]), sample: bad - firstRecord, classCount: 10), source: path)
    }
    firstRecord = labels.count
  }
}
