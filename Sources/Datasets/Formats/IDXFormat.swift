public import Settings

/// Images and labels in two IDX files, plain or gzip.
public struct IDXFormat: DataFormat {
  public static let word = "idx"
  public static let summary = "IDX, one file of images and one of labels."
  public static let settings = [
    Setting<Self>(
      "images", \.images, .outputOrFile, isRequired: true, "The IDX file of the images."),
    Setting(
      "labels", \.labels, .outputOrFile, isRequired: true, "The IDX file of the labels."),
  ]

  /// The file of the images.
  public var images = Input()
  /// The file of the labels.
  public var labels = Input()

  /// Creates a split without files.
  public init() {}

  public var files: [Input] { [images, labels] }

  public func read(_ paths: [String]) throws(DatasetError) -> ImageSet {
    try ImageSet(idxImages: paths[0], idxLabels: paths[1])
  }
}

extension ImageSet {
  /// Reads images and labels from two IDX files, plain or gzip.
  ///
  /// Images of three dimensions are N × H × W with one channel, of four N × C × H × W, of two N × W.
  /// Bytes stay bytes; other elements are rounded to single precision.
  ///
  /// - Throws: ``DatasetError`` naming the file and what is wrong with it.
  public init(idxImages: String, idxLabels: String) throws(DatasetError) {
    let images = try IDXArray(path: idxImages)
    let labels = try IDXArray(path: idxLabels)
    try self.init(
      images: images, labels: labels, imageSource: idxImages, labelSource: idxLabels)
  }

  /// Joins two arrays.
  public init(
    images: IDXArray, labels: IDXArray, imageSource: String, labelSource: String
  ) throws(DatasetError) {
    let dimensions = images.dimensions
    let shape: ImageShape
    switch dimensions.count {
    case 2: shape = ImageShape(channels: 1, height: 1, width: dimensions[1])
    case 3: shape = ImageShape(channels: 1, height: dimensions[1], width: dimensions[2])
    case 4:
      shape = ImageShape(channels: dimensions[1], height: dimensions[2], width: dimensions[3])
    default: throw DatasetError(.imageRank(dimensions.count), source: imageSource)
    }
    guard labels.dimensions.count == 1, let classes = labels.integers else {
      throw DatasetError(.labelFormat, source: labelSource)
    }
    guard classes.count == dimensions[0] else {
      throw DatasetError(
        .countMismatch(images: dimensions[0], labels: classes.count), source: labelSource)
    }
    let samples: Samples =
      images.elementType == .uint8 ? .bytes(images.bytes) : .floats(images.floats)
    try self.init(source: imageSource, shape: shape, samples: samples, labels: classes)
  }
}
