internal import HDF5

/// What a prepared dataset says about all of its samples.
public struct DatasetDescription: Hashable, Sendable {
  /// The names of the classes, in the order of labels.
  public let classNames: [String]

  /// Whether the samples were bytes before normalization.
  public let isBytes: Bool

  /// The word for the normalization, as `standardize`.
  public let normalization: String

  /// What was done to each value.
  public let transform: ChannelTransform

  /// Of the training split, before normalization.
  public let statistics: ChannelStatistics

  /// Where the samples came from.
  public let sources: [DatasetPreparation.Source]

  /// The version of the numerics contract that the file was written under.
  public let numericsVersion: String

  /// Reads the attributes of the root group.
  init(of file: borrowing HDF5File, _ path: String) throws(DatasetError) {
    do {
      let root = try file.root()
      guard try root.attribute("format").string == DatasetFile.format,
        try root.attribute("format_version").integer == DatasetFile.formatVersion,
        let classNames = try root.attribute("class_names").strings, !classNames.isEmpty,
        let type = try root.attribute("source_type").string, ["uint8", "float32"].contains(type),
        let normalization = try root.attribute("normalization").string,
        let numericsVersion = try root.attribute("numerics_version").string,
        let scale = try root.attribute("scale").floats,
        let offset = try root.attribute("offset").floats,
        let mean = try root.attribute("mean").doubles,
        let deviation = try root.attribute("std").doubles,
        let minimum = try root.attribute("minimum").doubles,
        let maximum = try root.attribute("maximum").doubles,
        !scale.isEmpty, scale.count <= 4096, scale.allSatisfy(\.isFinite),
        offset.allSatisfy(\.isFinite),
        [offset.count, mean.count, deviation.count, minimum.count, maximum.count]
          .allSatisfy({ $0 == scale.count })
      else { throw DatasetError(.notADataset, source: path) }
      self.classNames = classNames
      isBytes = type == "uint8"
      self.normalization = normalization
      self.numericsVersion = numericsVersion
      transform = ChannelTransform(scale: scale, offset: offset)
      statistics = ChannelStatistics(
        mean: mean, standardDeviation: deviation, minimum: minimum, maximum: maximum)
      sources = try Self.sources(root)
    } catch let error as HDF5Error {
      throw DatasetError(.notADataset, source: path, details: error.description)
    } catch let error as DatasetError {
      throw error
    } catch {
      throw DatasetError(.notADataset, source: path, details: "\(error)")
    }
  }

  private static func sources(
    _ root: borrowing HDF5Group
  ) throws(HDF5Error) -> [DatasetPreparation.Source] {
    guard try root.hasAttribute("source_names") else { return [] }
    let names = try root.attribute("source_names").strings ?? []
    let digests = try root.attribute("source_digests").strings ?? []
    return zip(names, digests).map { DatasetPreparation.Source(name: $0, digest: $1) }
  }
}
